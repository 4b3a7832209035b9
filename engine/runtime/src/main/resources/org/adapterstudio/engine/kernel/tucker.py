  # Kernels with a core: core [r, r, h, w] between the vectors of outputs and of channels b [r, C].

  # Rows [r, C*h*w] that the vectors of outputs are multiplied with.
  def tucker_rows(self: __torch__.Ops, core: Tensor, b: Tensor) -> Tensor:
    return torch.flatten(torch.einsum("ijkl,jc->ickl", [core, b]), 1)
