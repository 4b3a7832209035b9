  # LoHa (arXiv:2108.06098): s (W1a W1b) o (W2a W2b), entry by entry.

  def loha_update(self: __torch__.Ops, a1: Tensor, b1: Tensor, a2: Tensor, b2: Tensor, s: Tensor) -> Tensor:
    return torch.mul(torch.mul(torch.matmul(a1, b1), torch.matmul(a2, b2)), s)

  # The same as a product of rank r^2: products of all pairs of columns, and of rows.
  def loha_columns(self: __torch__.Ops, a1: Tensor, a2: Tensor) -> Tensor:
    return torch.flatten(torch.mul(torch.unsqueeze(a1, 2), torch.unsqueeze(a2, 1)), 1)

  def loha_rows(self: __torch__.Ops, b1: Tensor, b2: Tensor) -> Tensor:
    return torch.flatten(torch.mul(torch.unsqueeze(b1, 1), torch.unsqueeze(b2, 0)), 0, 1)
