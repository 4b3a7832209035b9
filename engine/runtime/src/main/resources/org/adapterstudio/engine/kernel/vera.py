  # PVeRA (arXiv:2512.07703) in training: a [2 r, in] and d [2 r] give means and log-variances.
  def pvera_sampled(self: __torch__.Ops, x: Tensor, a: Tensor, b: Tensor, d: Tensor, l: Tensor) -> Tensor:
    h = torch.mul(torch.linear(torch.to(x, 6), a), d)
    r = torch.floordiv(torch.size(d, 0), 2)
    mean = torch.slice(h, -1, 0, r)
    deviation = torch.exp(torch.mul(torch.slice(h, -1, r), 0.5))
    z = torch.add(mean, torch.mul(torch.randn_like(deviation), deviation))
    return torch.mul(torch.linear(z, b), l)
