  # Householder reflections H_i = I - 2 u_i u_i' in compact form: H_1 ... H_r = I - V T V'
  # (hra arXiv:2405.17484). u, v [in, r]; t [r, r].

  def hra_unit(self: __torch__.Ops, u: Tensor) -> Tensor:
    return torch.div(u, torch.linalg_vector_norm(u, 2, [0], True))

  def hra_identity(self: __torch__.Ops, v: Tensor) -> Tensor:
    return torch.diag_embed(torch.new_ones(v, [torch.size(v, 1)]))

  # T^-1 = I / 2 + the strict upper triangle of V' V.
  def hra_compact(self: __torch__.Ops, v: Tensor) -> Tensor:
    one = (self).hra_identity(v, )
    inverse = torch.add(torch.triu(torch.matmul(torch.t(v), v), 1), torch.mul(one, 0.5))
    return torch.linalg_solve_triangular(inverse, one, upper=True)

  # Orthonormal reflections commute: T = 2 I.
  def hra_orthonormal(self: __torch__.Ops, u: Tensor) -> Tensor:
    q, _r = torch.linalg_qr(u, "reduced")
    return q

  def hra_twice(self: __torch__.Ops, v: Tensor) -> Tensor:
    return torch.mul((self).hra_identity(v, ), 2)

  # Rows x' = x (I - V T V')'
  def hra_reflected(self: __torch__.Ops, x: Tensor, v: Tensor, t: Tensor) -> Tensor:
    h = torch.to(x, 6)
    return torch.to(torch.sub(h, torch.matmul(torch.matmul(torch.matmul(h, v), torch.t(t)), torch.t(v))), x.dtype)

  # B = -W V T of the equal low-rank update, A = V'.
  def hra_outer(self: __torch__.Ops, w: Tensor, v: Tensor, t: Tensor) -> Tensor:
    return torch.neg(torch.matmul(torch.matmul(w, v), t))

  # Pairs of equal columns, whose reflections undo each other.
  def hra_pairs(self: __torch__.Ops, half: Tensor) -> Tensor:
    return torch.repeat_interleave(half, 2, 1)
