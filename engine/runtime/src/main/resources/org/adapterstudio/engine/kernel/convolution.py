  # Convolutions. Shapes: x [B, C, H, W], w [D, C, h, w]; how = [stride down, stride across, padding, dilation].

  def convolved(self: __torch__.Ops, x: Tensor, w: Tensor, how: Tensor) -> Tensor:
    stride = [int(torch.select(how, 0, 0)), int(torch.select(how, 0, 1))]
    padding = int(torch.select(how, 0, 2))
    dilation = int(torch.select(how, 0, 3))
    return torch.conv2d(x, w, None, stride, [padding, padding], [dilation, dilation], 1)

  def convolved_bias(self: __torch__.Ops, x: Tensor, w: Tensor, b: Tensor, how: Tensor) -> Tensor:
    return torch.add((self).convolved(x, w, how, ), torch.reshape(b, [1, -1, 1, 1]))

  # A kernel as the matrix [D, C*h*w] that every window is multiplied with.
  def in_matrix(self: __torch__.Ops, w: Tensor) -> Tensor:
    return torch.flatten(w, 1)

  # A kernel plus the change of its matrix.
  def changed_kernel(self: __torch__.Ops, w: Tensor, change: Tensor) -> Tensor:
    return torch.add(w, torch.reshape(change, torch.size(w)))
