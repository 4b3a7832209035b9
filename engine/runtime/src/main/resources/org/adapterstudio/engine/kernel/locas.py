  # Memories beside an MLP (arXiv:2602.05085): r neurons more, each with rows g, k, v [r, d].

  # Rows longer than one, cut back to one; the root of zero, which has no gradient, is never taken.
  def at_most_one(self: __torch__.Ops, w: Tensor) -> Tensor:
    squares = torch.sum(torch.mul(w, w), [1], True)
    return torch.div(w, torch.sqrt(torch.clamp(squares, 1.)))

  # y [..., f] with the memory's numbers after its own.
  def locas_wider(self: __torch__.Ops, x: Tensor, y: Tensor, w: Tensor) -> Tensor:
    own = torch.linear(torch.to(x, 6), (self).at_most_one(w, ))
    return torch.cat([y, torch.to(own, y.dtype)], -1)

  # y + tau m v for the memory's numbers m [..., r].
  def locas_read(self: __torch__.Ops, m: Tensor, y: Tensor, v: Tensor, tau: Tensor) -> Tensor:
    own = torch.mul(torch.matmul(torch.to(m, 6), (self).at_most_one(v, )), tau)
    return torch.to(torch.add(y, own), y.dtype)

  # What each neuron answers to rows x [N, d], as a mean of magnitudes [f].
  def neuron_answers(self: __torch__.Ops, x: Tensor, gate: Tensor, up: Tensor) -> Tensor:
    h = torch.mul(torch.silu(torch.linear(x, gate)), torch.linear(x, up))
    return torch.mean(torch.abs(h), [0])

  # The product of both rows' lengths [f].
  def neuron_lengths(self: __torch__.Ops, gate: Tensor, up: Tensor) -> Tensor:
    return torch.mul(torch.sum(torch.mul(gate, gate), [1]), torch.sum(torch.mul(up, up), [1]))

  # Places of the n largest numbers.
  def highest(self: __torch__.Ops, x: Tensor, n: Tensor) -> Tensor:
    return torch.slice(torch.argsort(x, 0, True), 0, 0, int(n))

  # Some rows of w, each of length one.
  def unit_rows_of(self: __torch__.Ops, w: Tensor, index: Tensor) -> Tensor:
    rows = torch.index_select(w, 0, index)
    length = torch.sqrt(torch.sum(torch.mul(rows, rows), [1], True))
    return torch.div(rows, torch.clamp(length, 1e-12))

  def mean_row_length(self: __torch__.Ops, w: Tensor) -> Tensor:
    return torch.mean(torch.sqrt(torch.sum(torch.mul(w, w), [1])))
