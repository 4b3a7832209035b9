  # LoKr (arXiv:2309.14859): s kron(w1, w2) with w1 [l, m], w2 [k, n], out = l k, in = m n.

  def lokr(self: __torch__.Ops, x: Tensor, w1: Tensor, w2: Tensor, s: Tensor) -> Tensor:
    parts = torch.unflatten(torch.to(x, 6), -1, [torch.size(w1, 1), torch.size(w2, 1)])
    return torch.mul(torch.flatten(torch.matmul(w1, torch.linear(parts, w2)), -2), s)

  def lokr_update(self: __torch__.Ops, w1: Tensor, w2: Tensor, s: Tensor) -> Tensor:
    return torch.mul(torch.kron(w1, w2), s)
