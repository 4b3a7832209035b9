  # Low-rank updates: a [r, in], b [out, r], s scalar. dW = s B A (arXiv:2106.09685).

  def lora(self: __torch__.Ops, x: Tensor, y: Tensor, a: Tensor, b: Tensor, s: Tensor) -> Tensor:
    return torch.to(torch.add(y, torch.mul(torch.linear(torch.linear(torch.to(x, 6), a), b), s)), y.dtype)

  # p is the dropout probability; the generator was seeded by the caller.
  def lora_dropout(self: __torch__.Ops, x: Tensor, y: Tensor, a: Tensor, b: Tensor, s: Tensor, p: Tensor) -> Tensor:
    d = torch.dropout(torch.to(x, 6), float(p), True)
    return torch.to(torch.add(y, torch.mul(torch.linear(torch.linear(d, a), b), s)), y.dtype)

  # The same for rows of a table: ids [...] stand for vectors with a single one, y is the table's own.
  def lora_looked(self: __torch__.Ops, ids: Tensor, y: Tensor, a: Tensor, b: Tensor, s: Tensor) -> Tensor:
    return torch.to(torch.add(y, torch.mul(torch.linear(torch.embedding(torch.t(a), ids), b), s)), y.dtype)

  # A convolution's a [r, C, h, w] and b [out, r, 1, 1] count as matrices.
  def low_rank_product(self: __torch__.Ops, a: Tensor, b: Tensor, s: Tensor) -> Tensor:
    return torch.mul(torch.matmul(torch.flatten(b, 1), torch.flatten(a, 1)), s)

  # Singular values of s B A from an r x r core: thin QR of B and of A transposed, no dense product.
  def low_rank_spectrum(self: __torch__.Ops, a: Tensor, b: Tensor, s: Tensor) -> Tensor:
    _q, rb = torch.linalg_qr(torch.flatten(b, 1), "r")
    _p, ra = torch.linalg_qr(torch.t(torch.flatten(a, 1)), "r")
    return torch.mul(torch.linalg_svdvals(torch.matmul(rb, torch.t(ra))), torch.abs(s))

  # The same singular values, and behind them the left singular vectors: an orthonormal basis of the
  # column space of s B A, in the order of the values.
  def low_rank_columns(self: __torch__.Ops, a: Tensor, b: Tensor, s: Tensor) -> List[Tensor]:
    q, rb = torch.linalg_qr(torch.flatten(b, 1), "reduced")
    _p, ra = torch.linalg_qr(torch.t(torch.flatten(a, 1)), "r")
    u, d, _v = torch.linalg_svd(torch.matmul(rb, torch.t(ra)), False)
    return [torch.mul(d, torch.abs(s)), torch.matmul(q, u)]

  # Cosines of the principal angles between the spans of two sets of orthonormal columns, largest first.
  def column_cosines(self: __torch__.Ops, p: Tensor, q: Tensor) -> Tensor:
    return torch.linalg_svdvals(torch.matmul(torch.t(p), q))

  # [A; A0] and [B, -B0]: together the change s (B A - B0 A0) as one low-rank update.

  def stacked_rows(self: __torch__.Ops, a: Tensor, other: Tensor) -> Tensor:
    return torch.cat([a, other], 0)

  def beside_negative(self: __torch__.Ops, b: Tensor, other: Tensor) -> Tensor:
    return torch.cat([b, torch.neg(other)], 1)

  # A bias of B, scaled as B is.
  def lora_shifted(self: __torch__.Ops, y: Tensor, c: Tensor, s: Tensor) -> Tensor:
    return torch.to(torch.add(y, torch.mul(c, s)), y.dtype)

  # An adapter's input while it is trained; the generator was seeded by the caller.
  def dropped(self: __torch__.Ops, x: Tensor, p: Tensor) -> Tensor:
    return torch.dropout(torch.to(x, 6), float(p), True)

  # y + x d', for a dense change d [out, in].
  def added_linear(self: __torch__.Ops, x: Tensor, y: Tensor, d: Tensor) -> Tensor:
    return torch.to(torch.add(y, torch.linear(torch.to(x, 6), d)), y.dtype)

  def subtract(self: __torch__.Ops, a: Tensor, b: Tensor) -> Tensor:
    return torch.sub(a, b)
