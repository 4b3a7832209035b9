  # RandLoRA (arXiv:2502.00987): frozen A [r, 1, min] and B [max, n, r], trained l [r, n], g [n, min].

  def randlora_small(self: __torch__.Ops, a: Tensor, l: Tensor, g: Tensor) -> Tensor:
    part = torch.slice(a, 2, 0, torch.size(g, 1))
    return torch.flatten(torch.mul(torch.mul(part, torch.unsqueeze(l, 2)), torch.unsqueeze(g, 0)), 0, 1)

  # size = [max, n]
  def randlora_large(self: __torch__.Ops, b: Tensor, size: Tensor) -> Tensor:
    return torch.flatten((self).factor_first(b, size, ), 1)

  def randlora_transposed(self: __torch__.Ops, x: Tensor) -> Tensor:
    return torch.transpose(x, 0, 1)

  # Bases as PEFT draws them: uniform, in bfloat16, then brought to deviation 1. PyTorch 2.13 draws
  # float32 for it and rounds, what rounds up to the open end going to the other; older ones draw bfloat16's own coarse numbers.
  def randlora_dense(self: __torch__.Ops, sizes: Tensor) -> List[Tensor]:
    r = int(torch.select(sizes, 0, 0))
    small = int(torch.select(sizes, 0, 1))
    large = int(torch.select(sizes, 0, 2))
    n = int(torch.select(sizes, 0, 3))
    a = (self).randlora_drawn([r, 1, small], small, )
    parts = annotate(List[Tensor], [])
    for i in range(n):
      _0 = torch.append(parts, (self).randlora_drawn([large, 1, r], r, ))
    b = torch.cat(parts, 1)
    return [(self).randlora_even(a, ), (self).randlora_even(b, )]

  def randlora_drawn(self: __torch__.Ops, size: List[int], fan: int) -> Tensor:
    x = torch.empty(size, dtype=6, layout=None, device=torch.device("cpu"), pin_memory=False)
    bound = torch.mul(1.7320508075688772, torch.div(torch.sqrt(torch.div(2., 6.)), torch.sqrt(fan)))
    drawn = torch.to(torch.uniform_(x, torch.neg(bound), bound), 15)
    top = torch.full_like(drawn, bound)
    return torch.where(torch.ge(drawn, top), torch.neg(top), drawn)

  def randlora_even(self: __torch__.Ops, x: Tensor) -> Tensor:
    return (self).to_device(torch.to(torch.div(x, torch.std(x)), 6), )

  # Entries -1, 0 and 1, each sign with probability 1 / (2 q).
  def randlora_sparse(self: __torch__.Ops, sizes: Tensor, q: Tensor) -> List[Tensor]:
    r = int(torch.select(sizes, 0, 0))
    a = (self).randlora_signs([r, 1, int(torch.select(sizes, 0, 1))], float(q), )
    b = (self).randlora_signs([int(torch.select(sizes, 0, 2)), int(torch.select(sizes, 0, 3)), r], float(q), )
    return [(self).randlora_even(a, ), (self).randlora_even(b, )]

  def randlora_signs(self: __torch__.Ops, size: List[int], q: float) -> Tensor:
    x = torch.rand(size, dtype=6, layout=None, device=torch.device("cpu"), pin_memory=False)
    p = torch.div(1., torch.mul(2., q))
    return torch.sub(torch.to(torch.gt(x, torch.sub(1., p)), 6), torch.to(torch.lt(x, p), 6))
