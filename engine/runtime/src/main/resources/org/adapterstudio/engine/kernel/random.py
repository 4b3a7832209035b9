  # PyTorch's random numbers from the stream that the caller seeded: shape is a list of sizes.

  def random_sizes(self: __torch__.Ops, shape: Tensor) -> List[int]:
    sizes = annotate(List[int], [])
    for i in range(torch.size(shape, 0)):
      _0 = torch.append(sizes, int(torch.select(shape, 0, i)))
    return sizes

  def random_normal(self: __torch__.Ops, shape: Tensor) -> Tensor:
    return torch.randn((self).random_sizes(shape, ), dtype=6)

  def random_normal_double(self: __torch__.Ops, shape: Tensor) -> Tensor:
    return torch.randn((self).random_sizes(shape, ), dtype=7)

  # Uniform from low to high.
  def random_uniform(self: __torch__.Ops, shape: Tensor, low: Tensor, high: Tensor) -> Tensor:
    empty = torch.zeros((self).random_sizes(shape, ), dtype=6)
    return torch.uniform_(empty, float(low), float(high))

  def random_uniform_double(self: __torch__.Ops, shape: Tensor, low: Tensor, high: Tensor) -> Tensor:
    empty = torch.zeros((self).random_sizes(shape, ), dtype=7)
    return torch.uniform_(empty, float(low), float(high))

  # The whole numbers below n in a random order.
  def random_order(self: __torch__.Ops, n: Tensor) -> Tensor:
    return torch.randperm(int(torch.select(n, 0, 0)), dtype=4)

  # Whole numbers from 0 to below n.
  def random_whole(self: __torch__.Ops, shape: Tensor, n: Tensor) -> Tensor:
    return torch.randint(int(torch.select(n, 0, 0)), (self).random_sizes(shape, ), dtype=4)

  # 1 with probability p, else 0.
  def random_switch(self: __torch__.Ops, shape: Tensor, p: Tensor) -> Tensor:
    return torch.bernoulli(torch.add(torch.zeros((self).random_sizes(shape, ), dtype=6), float(p)))
