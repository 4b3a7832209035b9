  # Rotations of a layer's input, x' = x R in blocks: oft arXiv:2306.07280, boft arXiv:2311.06243.
  # q [n, e] strict upper triangles row by row, where [e] their places in a flat b x b block.

  def oft_skew(self: __torch__.Ops, q: Tensor, where: Tensor, b: Tensor) -> Tensor:
    n = torch.size(q, 0)
    flat = torch.index_add(torch.new_zeros(q, [n, torch.mul(int(b), int(b))]), 1, where, q)
    m = torch.view(flat, [n, int(b), int(b)])
    return torch.sub(m, torch.transpose(m, 1, 2))

  def oft_identity(self: __torch__.Ops, m: Tensor) -> Tensor:
    return torch.diag_embed(torch.new_ones(m, [torch.size(m, 0), torch.size(m, 1)]))

  # (I - Q) (I + Q)^-1
  def oft_cayley(self: __torch__.Ops, m: Tensor) -> Tensor:
    one = (self).oft_identity(m, )
    return torch.linalg_solve(torch.add(one, m), torch.sub(one, m), left=False)

  # I + 2 Q + ... + 2 Q^k + last Q^(k+1)
  def oft_neumann(self: __torch__.Ops, m: Tensor, k: Tensor, last: Tensor) -> Tensor:
    power = (self).oft_identity(m, )
    r = power
    for _0 in range(int(k)):
      power = torch.matmul(power, m)
      r = torch.add(r, power, alpha=2)
    return torch.add(r, torch.mul(torch.matmul(power, m), last))

  # Blocks whose Frobenius norm is above the radius are scaled back to it; the gradient passes as if
  # they had been there before.
  def oft_constrained(self: __torch__.Ops, q: Tensor, radius: Tensor) -> Tensor:
    h = torch.detach(q)
    norm = torch.mul(torch.linalg_vector_norm(h, 2, [1], True), 1.4142135623730951)
    kept = torch.clamp(torch.div(radius, torch.clamp(norm, 1e-30)), None, 1)
    return torch.add(q, torch.sub(torch.mul(h, kept), h))

  # off [n, 1, 1] is 1 where a block stands still.
  def oft_switched_off(self: __torch__.Ops, r: Tensor, off: Tensor) -> Tensor:
    return torch.add(torch.mul(r, torch.rsub(off, 1)), torch.mul((self).oft_identity(r, ), off))

  # x [..., in] times block-diagonal r [n, b, b]; one block serves all where n is 1.
  def oft_rotated(self: __torch__.Ops, x: Tensor, r: Tensor) -> Tensor:
    blocks = torch.transpose(torch.reshape(torch.to(x, 6), [-1, torch.floordiv(torch.size(x, -1), torch.size(r, -1)), torch.size(r, -1)]), 0, 1)
    y = torch.transpose(torch.matmul(blocks, r), 0, 1)
    return torch.to(torch.reshape(y, torch.size(x)), x.dtype)

  def oft_turned_back(self: __torch__.Ops, w: Tensor, r: Tensor) -> Tensor:
    return (self).oft_rotated(w, torch.transpose(r, 1, 2), )

  # The blocks of one butterfly factor of d [m, n, b, b].
  def boft_blocks(self: __torch__.Ops, d: Tensor, i: Tensor) -> Tensor:
    m = torch.select(d, 0, int(i))
    return (self).oft_cayley(torch.mul(torch.sub(m, torch.transpose(m, 1, 2)), 0.5), )

  # One factor P C P' on rows: into and back are the inverse permutation and the permutation.
  def boft_factor(self: __torch__.Ops, x: Tensor, c: Tensor, into: Tensor, back: Tensor) -> Tensor:
    moved = torch.index_select(x, -1, into)
    return torch.index_select((self).oft_rotated(moved, c, ), -1, back)

  def boft_factor_back(self: __torch__.Ops, w: Tensor, c: Tensor, into: Tensor, back: Tensor) -> Tensor:
    return (self).boft_factor(w, torch.transpose(c, 1, 2), into, back, )

  # s [out, 1] times y without its bias.
  def boft_scaled(self: __torch__.Ops, y: Tensor, s: Tensor) -> Tensor:
    return torch.to(torch.mul(torch.to(y, 6), torch.flatten(s)), y.dtype)

  def boft_scaled_bias(self: __torch__.Ops, y: Tensor, s: Tensor, b: Tensor) -> Tensor:
    product = torch.mul(torch.sub(torch.to(y, 6), b), torch.flatten(s))
    return torch.to(torch.add(product, b), y.dtype)

  def boft_scaled_rows(self: __torch__.Ops, w: Tensor, s: Tensor) -> Tensor:
    return torch.mul(w, s)
