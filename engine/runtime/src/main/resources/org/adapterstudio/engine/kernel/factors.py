  # Factors of low-rank updates: scaled, sliced, multiplied, taken from W, or drawn.

  def factor_rows(self: __torch__.Ops, a: Tensor, d: Tensor) -> Tensor:
    return torch.mul(a, torch.unsqueeze(d, 1))

  def factor_columns(self: __torch__.Ops, b: Tensor, d: Tensor) -> Tensor:
    return torch.mul(b, d)

  # The first rows and columns; size = [rows, columns].
  def factor_first(self: __torch__.Ops, x: Tensor, size: Tensor) -> Tensor:
    rows = torch.slice(x, 0, 0, int(torch.select(size, 0, 0)))
    return torch.slice(rows, 1, 0, int(torch.select(size, 0, 1)))

  # A copy of a stretch of one dimension; where = [dimension, from, to].
  def factor_part(self: __torch__.Ops, x: Tensor, where: Tensor) -> Tensor:
    d = int(torch.select(where, 0, 0))
    return torch.clone(torch.slice(x, d, int(torch.select(where, 0, 1)), int(torch.select(where, 0, 2))))

  def factor_product(self: __torch__.Ops, b: Tensor, a: Tensor) -> Tensor:
    return torch.matmul(b, a)

  # sum_i v_i P_i with P [u, r, r]
  def factor_combined(self: __torch__.Ops, v: Tensor, p: Tensor) -> Tensor:
    return torch.reshape(torch.matmul(v, torch.flatten(p, 1)), [torch.size(p, 1), torch.size(p, 2)])

  # Thin SVD of W: [U, S, Vt].
  def factor_svd(self: __torch__.Ops, w: Tensor) -> List[Tensor]:
    u, s, v = torch.linalg_svd(w, False)
    return [u, s, v]

  def factor_sizes(self: __torch__.Ops, size: Tensor) -> List[int]:
    sizes = annotate(List[int], [])
    for i in range(torch.size(size, 0)):
      _0 = torch.append(sizes, int(torch.select(size, 0, i)))
    return sizes

  # Random numbers of the stream that the caller seeded, from the CPU whatever the device.
  def stream_uniform(self: __torch__.Ops, size: Tensor, bound: Tensor) -> Tensor:
    b = float(bound)
    x = torch.empty((self).factor_sizes(size, ), dtype=6, layout=None, device=torch.device("cpu"), pin_memory=False)
    return (self).to_device(torch.uniform_(x, torch.neg(b), b), )

  def stream_normal(self: __torch__.Ops, size: Tensor, deviation: Tensor) -> Tensor:
    x = torch.empty((self).factor_sizes(size, ), dtype=6, layout=None, device=torch.device("cpu"), pin_memory=False)
    return (self).to_device(torch.normal_(x, 0., float(deviation)), )

  # y + u where u is float32, and a mask over the outputs that the seeded stream draws.
  def update_added(self: __torch__.Ops, y: Tensor, u: Tensor) -> Tensor:
    return torch.to(torch.add(y, u), y.dtype)

  def update_masked(self: __torch__.Ops, u: Tensor, p: Tensor, rescaled: Tensor) -> Tensor:
    drawn = torch.rand([torch.size(u, -1)], dtype=6, layout=None, device=torch.device("cpu"), pin_memory=False)
    kept = (self).to_device(torch.to(torch.gt(drawn, float(p)), 6), )
    if bool(rescaled):
      kept = torch.div(kept, torch.clamp_min(torch.mean(kept), 1e-6))
    return torch.mul(u, kept)

  # dW x in float32, dW [out, in].
  def update_dense(self: __torch__.Ops, x: Tensor, w: Tensor) -> Tensor:
    return torch.linear(torch.to(x, 6), w)

  def update_dropped(self: __torch__.Ops, x: Tensor, p: Tensor) -> Tensor:
    return torch.dropout(x, float(p), True)

  def factor_root(self: __torch__.Ops, s: Tensor) -> Tensor:
    return torch.sqrt(s)

  # KaSA (arXiv:2412.06071): beta sum l^2 + gamma (||B^T B - I|| + ||A A^T - I||)
  def kasa_penalty(self: __torch__.Ops, a: Tensor, b: Tensor, l: Tensor, beta: Tensor, gamma: Tensor) -> Tensor:
    one = (self).to_device(torch.eye(torch.size(l, 0)), )
    rows = torch.linalg_vector_norm(torch.sub(torch.matmul(a, torch.t(a)), one))
    columns = torch.linalg_vector_norm(torch.sub(torch.matmul(torch.t(b), b), one))
    values = torch.mul(torch.sum(torch.mul(l, l)), float(beta))
    return torch.add(values, torch.mul(torch.add(rows, columns), float(gamma)))
