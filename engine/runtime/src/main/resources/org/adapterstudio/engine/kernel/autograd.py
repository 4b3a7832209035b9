  # What DJL cannot tell of gradients.

  # Whether x is trained or computed from something that is.
  def passes_gradients(self: __torch__.Ops, x: Tensor) -> Tensor:
    return torch.tensor(x.requires_grad, dtype=11, device=None, requires_grad=False)
