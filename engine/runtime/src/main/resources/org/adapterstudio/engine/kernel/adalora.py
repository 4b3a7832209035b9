  # AdaLoRA (arXiv:2303.10512): dW = s B diag(E) A with a [r, in], b [out, r], e [r, 1].

  def adalora_rows(self: __torch__.Ops, a: Tensor, e: Tensor) -> Tensor:
    return torch.mul(a, e)

  def adalora_chosen_rows(self: __torch__.Ops, a: Tensor, index: Tensor) -> Tensor:
    return torch.index_select(a, 0, index)

  def adalora_chosen_columns(self: __torch__.Ops, b: Tensor, index: Tensor) -> Tensor:
    return torch.index_select(b, 1, index)

  # Running means of each entry's sensitivity |p g| and of how far it is from its mean, in place:
  # h = [beta of the sensitivity, beta of the uncertainty].
  def adalora_importance(self: __torch__.Ops, p: List[Tensor], g: List[Tensor], i: List[Tensor], u: List[Tensor], h: Tensor) -> Tensor:
    beta1 = float(torch.select(h, 0, 0))
    beta2 = float(torch.select(h, 0, 1))
    for n in range(torch.len(p)):
      now = torch.abs(torch.mul(p[n], g[n]))
      _0 = torch.add_(torch.mul_(i[n], beta1), torch.mul(now, torch.sub(1., beta1)))
      away = torch.abs(torch.sub(now, i[n]))
      _1 = torch.add_(torch.mul_(u[n], beta2), torch.mul(away, torch.sub(1., beta2)))
    return h

  # Score of each rank of a layer from the means of its A, B and E, in this order: [r].
  def adalora_scores(self: __torch__.Ops, i: List[Tensor], u: List[Tensor]) -> Tensor:
    rows = torch.mean(torch.mul(i[0], u[0]), [1])
    columns = torch.mean(torch.mul(i[1], u[1]), [0])
    middle = torch.view(torch.mul(i[2], u[2]), [-1])
    return torch.add(middle, torch.add(rows, columns))

  # In place.
  def adalora_masked(self: __torch__.Ops, e: Tensor, mask: Tensor) -> Tensor:
    return torch.mul_(e, mask)

  # Weight times the mean over all a and b of |A A' - 1| and |B' B - 1| (Frobenius).
  def orthogonality(self: __torch__.Ops, a: List[Tensor], b: List[Tensor], weight: Tensor) -> Tensor:
    total = torch.mul(torch.sum(torch.select(a[0], 0, 0)), 0.)
    for n in range(torch.len(a)):
      rows = torch.matmul(a[n], torch.t(a[n]))
      columns = torch.matmul(torch.t(b[n]), b[n])
      one = torch.diag_embed(torch.ones_like(torch.diagonal(rows)))
      total = torch.add(total, torch.linalg_vector_norm(torch.sub(rows, one)))
      total = torch.add(total, torch.linalg_vector_norm(torch.sub(columns, one)))
    return torch.mul(torch.div(total, torch.mul(2, torch.len(a))), float(weight))
