  # LaMDA (arXiv:2406.12832): dW = s (B S - B0 S0) A with a [r, in], s [r, r], b [out, r].

  # A = V', B = U and S = diag(sigma) / s of the first r singular triplets of w [out, in].
  def lamda_start(self: __torch__.Ops, w: Tensor, r: Tensor, s: Tensor) -> List[Tensor]:
    u, d, v = torch.linalg_svd(w, False)
    k = int(r)
    a = torch.contiguous(torch.slice(v, 0, 0, k))
    b = torch.contiguous(torch.slice(u, 1, 0, k))
    return [torch.clone(a), torch.clone(b), torch.diag(torch.div(torch.slice(d, 0, 0, k), float(s)))]

  def lamda_product(self: __torch__.Ops, b: Tensor, s: Tensor) -> Tensor:
    return torch.matmul(b, s)

  # By the same product as the start's, so that the difference starts at zero exactly.
  def lamda_change(self: __torch__.Ops, b: Tensor, s: Tensor, start: Tensor) -> Tensor:
    return torch.sub((self).lamda_product(b, s, ), start)

  # The first n columns, n = [n]: set to zero in place, copied, and written back.

  def lamda_zero_columns(self: __torch__.Ops, g: Tensor, n: Tensor) -> Tensor:
    return torch.zero_(torch.slice(g, 1, 0, int(torch.select(n, 0, 0))))

  def lamda_columns(self: __torch__.Ops, b: Tensor, n: Tensor) -> Tensor:
    return torch.clone(torch.slice(b, 1, 0, int(torch.select(n, 0, 0))))

  def lamda_put_columns(self: __torch__.Ops, b: Tensor, columns: Tensor) -> Tensor:
    return torch.copy_(torch.slice(b, 1, 0, torch.size(columns, 1)), columns)
