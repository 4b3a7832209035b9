  # DoRA (arXiv:2402.09353): rows of V = W + s B A, brought to trained lengths m.

  def dora_lengths(self: __torch__.Ops, w: Tensor, a: Tensor, b: Tensor, s: Tensor) -> Tensor:
    return torch.linalg_vector_norm((self).dora_moved(w, a, b, s, ), 2, [1])

  def dora_moved(self: __torch__.Ops, w: Tensor, a: Tensor, b: Tensor, s: Tensor) -> Tensor:
    return torch.add(torch.to(w, 6), torch.mul(torch.matmul(b, a), s))

  # y = W x + b, p = W x, n the lengths now: y + (m/n - 1) p + (m/n) s B A x
  def dora(self: __torch__.Ops, x: Tensor, y: Tensor, p: Tensor, n: Tensor, m: Tensor, a: Tensor, b: Tensor, s: Tensor) -> Tensor:
    g = torch.div(m, n)
    u = torch.mul(torch.linear(torch.linear(torch.to(x, 6), a), b), s)
    d = torch.add(torch.mul(torch.sub(g, 1), p), torch.mul(g, u))
    return torch.to(torch.add(y, d), y.dtype)

  def dora_change(self: __torch__.Ops, w: Tensor, n: Tensor, m: Tensor, a: Tensor, b: Tensor, s: Tensor) -> Tensor:
    v = (self).dora_moved(w, a, b, s, )
    return torch.sub(torch.mul(v, torch.unsqueeze(torch.div(m, n), 1)), torch.to(w, 6))
