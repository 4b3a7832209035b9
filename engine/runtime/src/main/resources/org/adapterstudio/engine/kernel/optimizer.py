  # Optimizer updates, in place, over lists of equal length.

  # sqrt of the sum of squares over all gradients.
  def global_norm(self: __torch__.Ops, g: List[Tensor]) -> Tensor:
    total = torch.zeros([], dtype=7)
    for i in range(torch.len(g)):
      n = torch.linalg_vector_norm(g[i])
      total = torch.add(total, torch.mul(torch.to(n, 7), torch.to(n, 7)))
    return torch.sqrt(total)

  # AdamW (arXiv:1711.05101): h = [lr, beta1, beta2, eps, weight decay, step, clip factor].
  def adamw(self: __torch__.Ops, p: List[Tensor], g: List[Tensor], m: List[Tensor], v: List[Tensor], h: Tensor) -> Tensor:
    lr = float(torch.select(h, 0, 0))
    beta1 = float(torch.select(h, 0, 1))
    beta2 = float(torch.select(h, 0, 2))
    eps = float(torch.select(h, 0, 3))
    decay = float(torch.select(h, 0, 4))
    step = float(torch.select(h, 0, 5))
    factor = float(torch.select(h, 0, 6))
    correction1 = torch.sub(1., torch.pow(beta1, step))
    correction2 = torch.sqrt(torch.sub(1., torch.pow(beta2, step)))
    for i in range(torch.len(p)):
      grad = g[i]
      if torch.ne(factor, 1.):
        grad = torch.mul(grad, factor)
      _0 = torch.mul_(p[i], torch.sub(1., torch.mul(lr, decay)))
      _1 = torch.lerp_(m[i], grad, torch.sub(1., beta1))
      _2 = torch.addcmul_(torch.mul_(v[i], beta2), grad, grad, value=torch.sub(1., beta2))
      denominator = torch.add_(torch.div_(torch.sqrt(v[i]), correction2), eps)
      _3 = torch.addcdiv_(p[i], m[i], denominator, value=torch.neg(torch.div(lr, correction1)))
    return h
