  # (IA)3 (arXiv:2205.05638): l [out, 1] over outputs or [1, in] over inputs.

  def ia3_scaled(self: __torch__.Ops, x: Tensor, l: Tensor) -> Tensor:
    return torch.to(torch.mul(x, torch.flatten(l)), x.dtype)

  def ia3_change(self: __torch__.Ops, w: Tensor, l: Tensor) -> Tensor:
    return torch.mul(torch.to(w, 6), torch.sub(l, 1))

  def ia3_bias_change(self: __torch__.Ops, b: Tensor, l: Tensor) -> Tensor:
    return torch.mul(torch.to(b, 6), torch.sub(torch.flatten(l), 1))
