  # Other ranks for s B A (docs/decisions/030): a [r, in], b [out, r]; kernels of convolutions count
  # as matrices. In double precision, since a product is taken apart and put together again.

  # How far the rows of a are from depending on each other: smallest over largest singular value.
  def rank_condition(self: __torch__.Ops, a: Tensor) -> Tensor:
    d = torch.linalg_svdvals(torch.to(torch.flatten(a, 1), 7))
    return torch.div(torch.min(d), torch.clamp(torch.max(d), 1e-300))

  # The nearest product of rank k: [A' [k, in], B' [out, k], N [k, r], M^T [k, r], singular values of
  # B A] with A' = N A, B' = B M, N M = 1 and N N^T = 1, so that B's coordinates only turn.
  def rank_cut(self: __torch__.Ops, a: Tensor, b: Tensor, k: Tensor) -> List[Tensor]:
    rank = int(k)
    qa, ra = torch.linalg_qr(torch.t(torch.to(torch.flatten(a, 1), 7)))
    qb, rb = torch.linalg_qr(torch.to(torch.flatten(b, 1), 7))
    u, d, v = torch.linalg_svd(torch.matmul(rb, torch.t(ra)), False)
    vk = torch.slice(v, 0, 0, rank)
    uk = torch.mul(torch.slice(u, 1, 0, rank), torch.slice(d, 0, 0, rank))
    h = torch.t(torch.linalg_solve(ra, torch.t(vk)))
    l, q = torch.linalg_eigh(torch.matmul(h, torch.t(h)), "L")
    root = torch.sqrt(l)
    t = torch.matmul(torch.div(q, root), torch.t(q))
    back = torch.matmul(torch.mul(q, root), torch.t(q))
    rows = torch.matmul(torch.matmul(t, vk), torch.t(qa))
    columns = torch.matmul(qb, torch.matmul(uk, back))
    n = torch.matmul(t, h)
    m = torch.matmul(back, torch.matmul(vk, ra))
    return [torch.contiguous(torch.to(rows, 6)), torch.contiguous(torch.to(columns, 6)), n, m, d]

  # [A with more rows, B with as many columns of zeros].
  def rank_grown(self: __torch__.Ops, a: Tensor, b: Tensor, more: Tensor) -> List[Tensor]:
    y = torch.flatten(b, 1)
    zeros = torch.unsqueeze(torch.zeros_like(torch.select(y, 1, 0)), 1)
    wide = torch.expand(zeros, [-1, torch.size(more, 0)])
    return [torch.cat([torch.flatten(a, 1), more], 0), torch.cat([y, wide], 1)]

  # Adam's moments when rows become p [k, r] times the old ones: c are the bias corrections. With
  # e = m / c1 and w = v / c2 the new ones are p e and p^2 (w - e^2) + (p e)^2.
  def moments_turned(self: __torch__.Ops, m: Tensor, v: Tensor, p: Tensor, c: Tensor, columns: Tensor) -> List[Tensor]:
    x = torch.to(torch.flatten(m, 1), 7)
    y = torch.to(torch.flatten(v, 1), 7)
    if torch.ne(int(columns), 0):
      x = torch.t(x)
      y = torch.t(y)
    c1 = float(torch.select(c, 0, 0))
    c2 = float(torch.select(c, 0, 1))
    e = torch.div(x, c1)
    spread = torch.clamp(torch.sub(torch.div(y, c2), torch.mul(e, e)), 0.)
    mean = torch.matmul(p, e)
    square = torch.add(torch.matmul(torch.mul(p, p), spread), torch.mul(mean, mean))
    first = torch.mul(mean, c1)
    second = torch.mul(square, c2)
    if torch.ne(int(columns), 0):
      first = torch.t(first)
      second = torch.t(second)
    return [torch.contiguous(torch.to(first, 6)), torch.contiguous(torch.to(second, 6))]

  # The same where rows join: their first moment is zero, their second the mean of the others.
  def moments_extended(self: __torch__.Ops, m: Tensor, v: Tensor, rank: Tensor, columns: Tensor) -> List[Tensor]:
    x = torch.flatten(m, 1)
    y = torch.flatten(v, 1)
    way = int(columns)
    more = torch.sub(int(rank), torch.size(x, way))
    mean = torch.mean(y, [way], True)
    zeros = torch.zeros_like(mean)
    first = x
    second = y
    for i in range(more):
      first = torch.cat([first, zeros], way)
      second = torch.cat([second, mean], way)
    return [torch.contiguous(first), torch.contiguous(second)]
