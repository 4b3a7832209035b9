  # U-Nets. Shapes: x [B, C, H, W].

  # The mean of every 2 x 2 points.
  def halved(self: __torch__.Ops, x: Tensor) -> Tensor:
    return torch.avg_pool2d(x, [2, 2], [2, 2], [0, 0], False, True, None)

  # Every point four times.
  def doubled(self: __torch__.Ops, x: Tensor) -> Tensor:
    return torch.repeat_interleave(torch.repeat_interleave(x, 2, 2), 2, 3)

  def beside_channels(self: __torch__.Ops, a: Tensor, b: Tensor) -> Tensor:
    return torch.cat([a, b], 1)

  # [B, C, H, W] -> [B*H*W, C]: points one after another.
  def points(self: __torch__.Ops, x: Tensor) -> Tensor:
    return torch.flatten(torch.permute(x, [0, 2, 3, 1]), 0, 2)
