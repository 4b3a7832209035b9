  # Changes that need the weight itself. w [out, in], a [r, in], b [out, r].

  # delora arXiv:2503.18225: B diag(lambda / (r |b_i| |a_i|)) A diag(norms of W's columns).
  def delora_rows(self: __torch__.Ops, a: Tensor, norms: Tensor) -> Tensor:
    return torch.mul(a, norms)

  def delora_columns(self: __torch__.Ops, a: Tensor, b: Tensor, bound: Tensor) -> Tensor:
    la = torch.clamp(torch.linalg_vector_norm(a, 2, [1]), 1e-4)
    lb = torch.clamp(torch.linalg_vector_norm(b, 2, [0]), 1e-4)
    return torch.mul(b, torch.div(torch.div(bound, torch.size(a, 0)), torch.mul(la, lb)))

  def column_norms(self: __torch__.Ops, w: Tensor) -> Tensor:
    return torch.linalg_vector_norm(w, 2, [0])

  # hira (ICLR 2025) and glora arXiv:2306.07967: W o (s B A).
  def weight_times_product(self: __torch__.Ops, w: Tensor, a: Tensor, b: Tensor) -> Tensor:
    return torch.mul(w, torch.matmul(b, a))

  # deft: A = s R - right' W, B = left.
  def deft_positive(self: __torch__.Ops, p: Tensor) -> Tensor:
    return torch.relu(p)

  def deft_orthonormal(self: __torch__.Ops, p: Tensor) -> Tensor:
    q, _r = torch.linalg_qr(p, "reduced")
    return q

  def deft_share(self: __torch__.Ops, right: Tensor, w: Tensor) -> Tensor:
    return torch.matmul(torch.t(right), w)

  def deft_rows(self: __torch__.Ops, r: Tensor, share: Tensor, s: Tensor) -> Tensor:
    return torch.sub(torch.mul(r, s), share)

  def negative(self: __torch__.Ops, x: Tensor) -> Tensor:
    return torch.neg(x)

  # The r largest singular triplets of W, then the others: u, s, v of each.
  def split_triplets(self: __torch__.Ops, w: Tensor, r: Tensor) -> List[Tensor]:
    u, s, v = torch.linalg_svd(w, False)
    k = int(r)
    high = [torch.contiguous(torch.slice(u, 1, 0, k)), torch.contiguous(torch.slice(s, 0, 0, k)), torch.contiguous(torch.slice(v, 0, 0, k))]
    low = [torch.contiguous(torch.slice(u, 1, k)), torch.contiguous(torch.slice(s, 0, k)), torch.contiguous(torch.slice(v, 0, k))]
    return torch.add(high, low)

  def scaled_columns(self: __torch__.Ops, m: Tensor, s: Tensor) -> Tensor:
    return torch.mul(m, s)

  def scaled_rows(self: __torch__.Ops, m: Tensor, s: Tensor) -> Tensor:
    return torch.mul(m, torch.unsqueeze(s, 1))

  # diag(b) M diag(a) - I, applied to A: vectors of ones leave M as it is.
  def psoft_rows(self: __torch__.Ops, m: Tensor, b: Tensor, a: Tensor, rows: Tensor) -> Tensor:
    r = torch.mul(torch.mul(torch.unsqueeze(b, 1), m), a)
    return torch.sub(torch.matmul(r, rows), rows)

  # The one block of [1, r, r].
  def psoft_block(self: __torch__.Ops, r: Tensor) -> Tensor:
    return torch.select(r, 0, 0)

  # A gradient without its part in the span of q's columns (or rows, turned).
  def osf_outside_columns(self: __torch__.Ops, g: Tensor, q: Tensor) -> Tensor:
    return torch.sub_(g, torch.matmul(q, torch.matmul(torch.t(q), g)))

  def osf_outside_rows(self: __torch__.Ops, g: Tensor, q: Tensor) -> Tensor:
    return torch.sub_(g, torch.matmul(torch.matmul(g, torch.t(q)), q))

  def matrix_product(self: __torch__.Ops, a: Tensor, b: Tensor) -> Tensor:
    return torch.matmul(a, b)

  def sigmoid(self: __torch__.Ops, x: Tensor) -> Tensor:
    return torch.sigmoid(x)

  def leaky_relu(self: __torch__.Ops, x: Tensor) -> Tensor:
    return torch.leaky_relu(x)

  # glora arXiv:2306.07967: W o A + B, and of the bias b o D + E + W C.
  def glora_change(self: __torch__.Ops, w: Tensor, a: Tensor, b: Tensor) -> Tensor:
    return torch.add(torch.mul(w, a), b)

  def glora_bias(self: __torch__.Ops, w: Tensor, bias: Tensor, c: Tensor, d: Tensor, e: Tensor) -> Tensor:
    own = torch.add(torch.mul(torch.to(bias, 6), d), e)
    return torch.add(own, torch.squeeze(torch.matmul(w, c), -1))

  def added_bias(self: __torch__.Ops, y: Tensor, b: Tensor) -> Tensor:
    return torch.to(torch.add(torch.to(y, 6), torch.flatten(b)), y.dtype)

  def flat(self: __torch__.Ops, x: Tensor) -> Tensor:
    return torch.flatten(x)

  # slora, nlora, inttune: the first rows and columns of W.
  def corner(self: __torch__.Ops, w: Tensor, rows: Tensor, columns: Tensor) -> Tensor:
    return torch.clone(torch.slice(torch.slice(w, 0, 0, int(rows)), 1, 0, int(columns)))

  def pseudo_inverse(self: __torch__.Ops, w: Tensor) -> Tensor:
    return torch.linalg_pinv(w, 1e-05)

  # hydra arXiv:2309.06922: y + s (B (A x + c) + d)
  def hydra_branch_bias(self: __torch__.Ops, x: Tensor, y: Tensor, a: Tensor, b: Tensor, s: Tensor, c: Tensor, d: Tensor) -> Tensor:
    branch = torch.linear(torch.linear(torch.to(x, 6), a, c), b, d)
    return torch.to(torch.add(torch.to(y, 6), torch.mul(branch, s)), y.dtype)

  def columns_beside(self: __torch__.Ops, a: Tensor, b: Tensor) -> Tensor:
    return torch.cat([a, b], 1)

  def square_root(self: __torch__.Ops, x: Tensor) -> Tensor:
    return torch.sqrt(x)
