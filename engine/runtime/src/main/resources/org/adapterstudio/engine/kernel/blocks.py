  # Shared blocks. block_lora arXiv:2501.16720: a repeated along the inputs, the sum of all b.
  def block_lora_rows(self: __torch__.Ops, a: Tensor, times: Tensor) -> Tensor:
    return torch.repeat(a, [1, int(times)])

  def block_lora_columns(self: __torch__.Ops, b: Tensor) -> Tensor:
    return torch.sum(b, [0])

  # krona arXiv:2402.17412: Y = A X B' for X = x as [a2, b2], read row by row [a1, b1].
  def krona_grid(self: __torch__.Ops, x: Tensor, a: Tensor, b: Tensor) -> Tensor:
    grid = torch.unflatten(torch.to(x, 6), -1, [torch.size(a, 1), torch.size(b, 1)])
    return torch.matmul(a, torch.matmul(grid, torch.t(b)))

  def krona(self: __torch__.Ops, x: Tensor, y: Tensor, a: Tensor, b: Tensor) -> Tensor:
    return torch.to(torch.add(y, torch.flatten((self).krona_grid(x, a, b, ), -2, -1)), y.dtype)

  # The outputs column by column.
  def krona_crossed(self: __torch__.Ops, x: Tensor, y: Tensor, a: Tensor, b: Tensor) -> Tensor:
    crossed = torch.transpose((self).krona_grid(x, a, b, ), -2, -1)
    return torch.to(torch.add(y, torch.flatten(crossed, -2, -1)), y.dtype)

  def krona_product(self: __torch__.Ops, a: Tensor, b: Tensor) -> Tensor:
    return torch.kron(a, b)

  def krona_product_crossed(self: __torch__.Ops, a: Tensor, b: Tensor) -> Tensor:
    rows = torch.reshape(torch.kron(a, b), [torch.size(a, 0), torch.size(b, 0), -1])
    return torch.reshape(torch.transpose(rows, 0, 1), [torch.mul(torch.size(a, 0), torch.size(b, 0)), -1])
