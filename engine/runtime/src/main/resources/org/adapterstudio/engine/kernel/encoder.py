  # Encoder pieces. Shapes: B batch, S positions, H heads, E head size, R rows of a table of distances.

  # Row of each distance i - j in a table for -span ... span - 1, [S, S]: how = [S, buckets, furthest,
  # span]. Below half the buckets every distance has its own, farther ones share one by their
  # logarithm (arXiv:2006.03654, log buckets of DeBERTa v2); no buckets: each distance its own.
  def distance_rows(self: __torch__.Ops, how: Tensor) -> Tensor:
    buckets = int(torch.select(how, 0, 1))
    furthest = int(torch.select(how, 0, 2))
    span = int(torch.select(how, 0, 3))
    at = torch.arange(int(torch.select(how, 0, 0)))
    far = torch.sub(torch.unsqueeze(at, 1), torch.unsqueeze(at, 0))
    if torch.gt(buckets, 0):
      mid = torch.floordiv(buckets, 2)
      size = torch.abs(far)
      stretch = torch.log(torch.div(torch.scalar_tensor(torch.sub(furthest, 1), dtype=6), mid))
      logs = torch.div(torch.log(torch.div(torch.clamp(size, mid), mid)), stretch)
      steps = torch.add(torch.ceil(torch.mul(logs, torch.sub(mid, 1))), mid)
      shared = torch.to(torch.mul(steps, torch.sign(far)), 4)
      r = torch.where(torch.le(size, mid), far, shared)
    else:
      r = far
    return torch.clamp(torch.add(r, span), 0, torch.sub(torch.mul(span, 2), 1))

  # Scores of each query with the distances to its keys: q [B, H, S, E], t [1, H, R, E], rows [S, S].
  def content_to_position(self: __torch__.Ops, q: Tensor, t: Tensor, rows: Tensor) -> Tensor:
    s = torch.matmul(q, torch.transpose(t, 2, 3))
    every = [torch.size(q, 0), torch.size(q, 1), torch.size(q, 2), torch.size(q, 2)]
    return torch.gather(s, -1, torch.expand(rows, every))

  # Scores of each key with the distances from its queries: k [B, H, S, E], t [1, H, R, E], rows [S, S].
  def position_to_content(self: __torch__.Ops, k: Tensor, t: Tensor, rows: Tensor) -> Tensor:
    s = torch.matmul(k, torch.transpose(t, 2, 3))
    every = [torch.size(k, 0), torch.size(k, 1), torch.size(k, 2), torch.size(k, 2)]
    return torch.transpose(torch.gather(s, -1, torch.expand(torch.t(rows), every)), 2, 3)

  # A table [R, D] as a batch of one row [1, R, D].
  def one_row(self: __torch__.Ops, x: Tensor) -> Tensor:
    return torch.unsqueeze(x, 0)
