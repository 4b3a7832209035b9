  # Dense linear algebra for spectra and initializers.

  def singular_values(self: __torch__.Ops, w: Tensor) -> Tensor:
    return torch.linalg_svdvals(torch.to(w, 6))

  # Reads every number once.
  def root_of_squares(self: __torch__.Ops, x: Tensor) -> Tensor:
    return torch.linalg_vector_norm(x)
