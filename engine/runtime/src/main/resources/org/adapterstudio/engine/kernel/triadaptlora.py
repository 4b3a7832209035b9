  # TriAdaptLoRA (arXiv:2501.08008): dW = s B C A in blocks; block j of a_j ranks, R_j in all so far,
  # has rows of A, columns of B, low [a_j, R_j] and up [R_j, a_j]. C is [R, R].

  # Rows of C_low are filled from column 0, columns of C_up from row 0; both meet on the diagonal.
  def triadapt_core(self: __torch__.Ops, low: List[Tensor], up: List[Tensor]) -> Tensor:
    r = torch.size(low[torch.sub(torch.len(low), 1)], 1)
    rows = annotate(List[Tensor], [])
    columns = annotate(List[Tensor], [])
    for i in range(torch.len(low)):
      missing = torch.sub(r, torch.size(low[i], 1))
      _0 = torch.append(rows, torch.constant_pad_nd(low[i], [0, missing], 0))
      _1 = torch.append(columns, torch.constant_pad_nd(up[i], [0, 0, 0, missing], 0))
    return torch.add(torch.cat(rows, 0), torch.cat(columns, 1))

  def triadapt_core_rows(self: __torch__.Ops, low: List[Tensor], up: List[Tensor], a: List[Tensor]) -> Tensor:
    return torch.matmul((self).triadapt_core(low, up, ), torch.cat(a, 0))

  def triadapt_rows(self: __torch__.Ops, a: List[Tensor]) -> Tensor:
    return torch.cat(a, 0)

  def triadapt_columns(self: __torch__.Ops, b: List[Tensor]) -> Tensor:
    return torch.cat(b, 1)

  # In place.
  def triadapt_rescaled(self: __torch__.Ops, b: Tensor, factor: Tensor) -> Tensor:
    return torch.mul_(b, float(factor))
