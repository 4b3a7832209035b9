  # Dense linear algebra for spectra and initializers.

  def singular_values(self: __torch__.Ops, w: Tensor) -> Tensor:
    return torch.linalg_svdvals(torch.to(w, 6))

  def svd(self: __torch__.Ops, w: Tensor) -> Tuple[Tensor, Tensor, Tensor]:
    return torch.linalg_svd(torch.to(w, 6), False)

  def subtract(self: __torch__.Ops, a: Tensor, b: Tensor) -> Tensor:
    return torch.sub(a, b)
