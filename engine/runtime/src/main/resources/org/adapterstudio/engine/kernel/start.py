  # Starts of low-rank layers.

  # W = U D V in the thin form: [u, d, v], the rows of v being right vectors.
  def start_svd(self: __torch__.Ops, w: Tensor) -> List[Tensor]:
    u, d, v = torch.linalg_svd(w, False)
    return [u, d, v]

  # The top triplets of w by subspace iteration from a random omega [in, q].
  def start_svd_lowrank(self: __torch__.Ops, w: Tensor, omega: Tensor, rounds: Tensor) -> List[Tensor]:
    q, _0 = torch.linalg_qr(torch.matmul(w, omega))
    for i in range(int(rounds)):
      p, _1 = torch.linalg_qr(torch.matmul(torch.t(w), q))
      q, _2 = torch.linalg_qr(torch.matmul(w, p))
    u, d, v = torch.linalg_svd(torch.matmul(torch.t(q), w), False)
    return [torch.matmul(q, u), d, v]

  # Q and R of W = Q R in the thin form.
  def start_qr(self: __torch__.Ops, w: Tensor) -> List[Tensor]:
    q, r = torch.linalg_qr(w)
    return [q, r]

  # Rows or columns from .. to.
  def start_rows(self: __torch__.Ops, x: Tensor, begin: Tensor, end: Tensor) -> Tensor:
    return torch.contiguous(torch.slice(x, 0, int(begin), int(end)))

  def start_columns(self: __torch__.Ops, x: Tensor, begin: Tensor, end: Tensor) -> Tensor:
    return torch.contiguous(torch.slice(x, 1, int(begin), int(end)))

  # Rows or columns by their numbers.
  def start_pick_rows(self: __torch__.Ops, x: Tensor, which: Tensor) -> Tensor:
    return torch.contiguous(torch.index_select(x, 0, which))

  def start_pick_columns(self: __torch__.Ops, x: Tensor, which: Tensor) -> Tensor:
    return torch.contiguous(torch.index_select(x, 1, which))

  # sqrt(d / s) before the rows of v, and behind the columns of u.
  def start_rooted_rows(self: __torch__.Ops, v: Tensor, d: Tensor, s: Tensor) -> Tensor:
    return torch.contiguous(torch.mul(torch.unsqueeze(torch.sqrt(torch.div(d, s)), 1), v))

  def start_rooted_columns(self: __torch__.Ops, u: Tensor, d: Tensor, s: Tensor) -> Tensor:
    return torch.contiguous(torch.mul(u, torch.sqrt(torch.div(d, s))))

  # A product times a number: x [n, k], y [k, m].
  def start_product(self: __torch__.Ops, x: Tensor, y: Tensor, factor: Tensor) -> Tensor:
    return torch.contiguous(torch.mul(torch.matmul(x, y), factor))

  # [u d, v, d] of w = u d v, largest first.
  def low_rank_parts(self: __torch__.Ops, w: Tensor) -> List[Tensor]:
    u, d, v = torch.linalg_svd(w, False)
    return [torch.mul(u, d), v, d]
