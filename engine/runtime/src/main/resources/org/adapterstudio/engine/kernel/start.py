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

  # c += x^T x with x [N, in] over the magnitude of its largest number.
  def start_covariance(self: __torch__.Ops, c: Tensor, x: Tensor) -> Tensor:
    n = torch.div(x, torch.abs(torch.max(x)))
    return torch.add_(c, torch.matmul(torch.t(n), n))

  def start_shrink(self: __torch__.Ops, c: Tensor, factor: Tensor) -> Tensor:
    return torch.mul_(c, factor)

  # [c', its inverse, how far their product is from the unit matrix]: c' = c + damping mean(diag c).
  def start_damped_inverse(self: __torch__.Ops, c: Tensor, damping: Tensor) -> List[Tensor]:
    d = torch.mul(torch.mean(torch.diagonal(c)), damping)
    one = torch.diag(torch.ones_like(torch.diagonal(c)))
    damped = torch.add(c, torch.mul(one, d))
    inverse, _0 = torch.linalg_inv_ex(damped)
    return [damped, inverse, torch.linalg_vector_norm(torch.sub(torch.matmul(damped, inverse), one))]

  # w c = u d v as [u, d, v c^-1].
  def start_in_metric(self: __torch__.Ops, w: Tensor, c: Tensor, inverse: Tensor) -> List[Tensor]:
    u, d, v = torch.linalg_svd(torch.matmul(w, c), False)
    return [u, d, torch.matmul(v, inverse)]

  # Right vectors with their largest-magnitude entry positive.
  def start_flipped(self: __torch__.Ops, v: Tensor) -> Tensor:
    way = torch.sign(torch.gather(v, 1, torch.argmax(torch.abs(v), 1, True)))
    return torch.mul(v, way)

  # [directions, singular values, mean, variance, share explained], all in double precision.
  def start_components_of(self: __torch__.Ops, stack: Tensor, mean: Tensor, variance: Tensor, rows: float, count: int) -> List[Tensor]:
    _0, d, v = torch.linalg_svd(stack, False)
    share = torch.div(torch.mul(d, d), torch.mul(torch.clamp(torch.sum(variance), 1e-30), rows))
    kept = (self).start_flipped(torch.slice(v, 0, 0, count), )
    return [kept, torch.slice(d, 0, 0, count), mean, variance, torch.slice(share, 0, 0, count)]

  def start_components(self: __torch__.Ops, x: Tensor, count: Tensor) -> List[Tensor]:
    wide = torch.to(x, 7)
    mean = torch.mean(wide, [0])
    apart = torch.sub(wide, mean)
    variance = torch.mean(torch.mul(apart, apart), [0])
    return (self).start_components_of(apart, mean, variance, float(torch.size(x, 0)), int(count), )

  def start_components_on(self: __torch__.Ops, before: List[Tensor], x: Tensor, seen: Tensor, count: Tensor) -> List[Tensor]:
    wide = torch.to(x, 7)
    old = float(seen)
    rows = float(torch.size(x, 0))
    total = torch.add(old, rows)
    own = torch.mean(wide, [0])
    apart = torch.sub(wide, own)
    shift = torch.sub(before[2], own)
    share = torch.div(torch.mul(old, rows), total)
    mean = torch.div(torch.add(torch.mul(before[2], old), torch.mul(own, rows)), total)
    spread = torch.add(torch.mul(before[3], old), torch.sum(torch.mul(apart, apart), [0]))
    variance = torch.div(torch.add(spread, torch.mul(torch.mul(shift, shift), share)), total)
    past = torch.mul(torch.unsqueeze(before[1], 1), before[0])
    moved = torch.unsqueeze(torch.mul(shift, torch.sqrt(share)), 0)
    stack = torch.cat([past, apart, moved], 0)
    return (self).start_components_of(stack, mean, variance, total, int(count), )

  # Cosine of each row with the same row of another.
  def start_cosines(self: __torch__.Ops, x: Tensor, y: Tensor) -> Tensor:
    n = torch.minimum(torch.scalar_tensor(torch.size(x, 0)), torch.scalar_tensor(torch.size(y, 0)))
    p = torch.slice(x, 0, 0, int(n))
    q = torch.slice(y, 0, 0, int(n))
    return torch.sum(torch.mul(p, q), [1])

  def start_directions(self: __torch__.Ops, v: Tensor, d: Tensor, rank: Tensor) -> Tensor:
    return torch.contiguous(torch.to(torch.slice(v, 0, 0, int(rank)), 6))

  def start_whitened(self: __torch__.Ops, v: Tensor, d: Tensor, rank: Tensor) -> Tensor:
    n = int(rank)
    root = torch.unsqueeze(torch.sqrt(torch.slice(d, 0, 0, n)), 1)
    return torch.contiguous(torch.to(torch.div(torch.slice(v, 0, 0, n), root), 6))

  def start_times(self: __torch__.Ops, x: Tensor, factor: Tensor) -> Tensor:
    return torch.contiguous(torch.mul(x, factor))

  # Mean of |w g|.
  def start_importance(self: __torch__.Ops, w: Tensor, g: Tensor) -> Tensor:
    return torch.mean(torch.abs(torch.mul(w, g)))

  # factor g a^T (a a^T + 1e-8)^-1: what b must be so that b a is factor g on the rows of a.
  def start_against(self: __torch__.Ops, g: Tensor, a: Tensor, factor: Tensor) -> Tensor:
    gram = torch.matmul(a, torch.t(a))
    damped = torch.add(gram, torch.mul(torch.diag(torch.ones_like(torch.diagonal(gram))), 1e-08))
    b = torch.t(torch.linalg_solve(damped, torch.matmul(a, torch.t(g))))
    return torch.contiguous(torch.mul(b, factor))

  # y as it is, gathering the gradient of z.
  def start_watched(self: __torch__.Ops, y: Tensor, z: Tensor) -> Tensor:
    return torch.to(torch.add(y, z), y.dtype)

  # Rows of x [..., in] that count, in float32.
  def start_counted(self: __torch__.Ops, x: Tensor, which: Tensor) -> Tensor:
    return torch.to(torch.index_select(torch.reshape(x, [-1, torch.size(x, -1)]), 0, which), 6)

  # g += d^T x over all positions.
  def start_gathered(self: __torch__.Ops, g: Tensor, d: Tensor, x: Tensor, factor: Tensor) -> Tensor:
    p = torch.to(torch.reshape(d, [-1, torch.size(d, -1)]), 6)
    q = torch.to(torch.reshape(x, [-1, torch.size(x, -1)]), 6)
    return torch.add_(g, torch.mul(torch.matmul(torch.t(p), q), factor))

  def start_minus(self: __torch__.Ops, x: Tensor, y: Tensor) -> Tensor:
    return torch.sub(x, y)

  # c += x^T x with x [N, in].
  def start_second_moment(self: __torch__.Ops, c: Tensor, x: Tensor) -> Tensor:
    return torch.add_(c, torch.matmul(torch.t(x), x))

  # e q sqrt(l) = u d v with c = q l q^T: [u, d, v l^-1/2 q^T]; no factor of c matters to u d v l^-1/2 q^T.
  def start_in_eigenspace(self: __torch__.Ops, e: Tensor, c: Tensor) -> List[Tensor]:
    l, q = torch.linalg_eigh(torch.to(c, 7), "L")
    least = torch.mul(torch.max(l), torch.mul(torch.size(c, 0), 1.1920929e-07))
    seen = torch.gt(l, least)
    root = torch.sqrt(torch.where(seen, l, torch.ones_like(l)))
    zero = torch.zeros_like(l)
    u, d, v = torch.linalg_svd(torch.mul(torch.matmul(torch.to(e, 7), q), torch.where(seen, root, zero)), False)
    back = torch.matmul(torch.mul(v, torch.where(seen, torch.reciprocal(root), zero)), torch.t(q))
    return [torch.to(u, 6), torch.to(d, 6), torch.to(back, 6)]

  def start_joined(self: __torch__.Ops, x: Tensor, y: Tensor) -> Tensor:
    return torch.cat([x, y], 0)

  def start_signed(self: __torch__.Ops, g: Tensor, factor: Tensor) -> Tensor:
    return torch.mul(torch.sign(g), factor)

  def start_row_times(self: __torch__.Ops, v: Tensor, d: Tensor) -> Tensor:
    return torch.contiguous(torch.mul(torch.unsqueeze(d, 1), v))

  # Lengths of rows as a diagonal matrix, and the rows without them.
  def start_row_lengths(self: __torch__.Ops, a: Tensor) -> Tensor:
    return torch.diag(torch.linalg_vector_norm(a, 2, [-1]))

  def start_unit_rows(self: __torch__.Ops, a: Tensor) -> Tensor:
    return torch.contiguous(torch.div(a, torch.clamp(torch.linalg_vector_norm(a, 2, [-1], True), 1e-30)))
