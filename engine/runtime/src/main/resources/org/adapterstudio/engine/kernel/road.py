  # Scaled rotations of pairs of outputs (road arXiv:2409.00119). theta, alpha as they are trained;
  # first and second [out] say which of them each output reads; half is the distance of a pair.
  def road_rotated(self: __torch__.Ops, y: Tensor, theta: Tensor, alpha: Tensor, first: Tensor, second: Tensor, half: Tensor) -> Tensor:
    h = torch.to(y, 6)
    pairs = torch.reshape(h, [-1, 2, int(half)])
    crossed = torch.stack([torch.neg(torch.select(pairs, 1, 1)), torch.select(pairs, 1, 0)], 1)
    along = torch.mul(torch.index_select(alpha, 0, first), torch.cos(torch.index_select(theta, 0, first)))
    across = torch.mul(torch.index_select(alpha, 0, second), torch.sin(torch.index_select(theta, 0, second)))
    turned = torch.add(torch.mul(h, along), torch.mul(torch.reshape(crossed, torch.size(h)), across))
    return torch.to(turned, y.dtype)

  def road_change(self: __torch__.Ops, w: Tensor, theta: Tensor, alpha: Tensor, first: Tensor, second: Tensor, half: Tensor) -> Tensor:
    turned = (self).road_rotated(torch.contiguous(torch.t(w)), theta, alpha, first, second, half, )
    return torch.sub(torch.t(turned), w)
