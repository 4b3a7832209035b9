  # Pictures. Shapes: B pictures, C channels, P patches, D hidden, E size of the shared space.

  # [B, D, H, W] -> [B, H*W, D]: places of a picture one after another.
  def in_rows(self: __torch__.Ops, x: Tensor) -> Tensor:
    return torch.transpose(torch.flatten(x, 2), 1, 2)

  # The class token, stored as [D] or [1, 1, D], before the patches of every picture.
  def with_class_token(self: __torch__.Ops, patches: Tensor, token: Tensor) -> Tensor:
    first = torch.expand(torch.reshape(token, [1, 1, -1]), [torch.size(patches, 0), 1, -1])
    return torch.cat([first, patches], 1)

  # [B, S, D] -> [B, D]
  def first_position(self: __torch__.Ops, h: Tensor) -> Tensor:
    return torch.select(h, 1, 0)

  # Mean over all positions but the first: [B, S, D] -> [B, D].
  def mean_after_first(self: __torch__.Ops, h: Tensor) -> Tensor:
    return torch.mean(torch.slice(h, 1, 1), [1])

  # Rows of length one.
  def unit_rows(self: __torch__.Ops, x: Tensor) -> Tensor:
    return torch.div(x, torch.sqrt(torch.sum(torch.mul(x, x), [-1], True)))

  # Cosines [N, M] between rows of length one [N, E] and [M, E], times e^s.
  def similarities(self: __torch__.Ops, a: Tensor, b: Tensor, s: Tensor) -> Tensor:
    return torch.mul(torch.matmul(a, torch.t(b)), torch.exp(s))

  # Each row's and each column's partner is on the diagonal (arXiv:2103.00020): B times the mean of both losses.
  def contrastive_sum(self: __torch__.Ops, logits: Tensor) -> Tensor:
    own = torch.arange(torch.size(logits, 0), dtype=4, device=ops.prim.device(logits))
    rows = (self).cross_entropy_sum(logits, own, )
    columns = (self).cross_entropy_sum(torch.t(logits), own, )
    return torch.div(torch.add(rows, columns), 2)

  # Softmax of logits [N, C] over the classes.
  def shares(self: __torch__.Ops, logits: Tensor) -> Tensor:
    return torch.softmax(torch.to(logits, 6), -1)
