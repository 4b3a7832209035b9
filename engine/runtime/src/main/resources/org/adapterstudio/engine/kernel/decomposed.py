  # Methods that stand on a decomposition of W.

  # FRoD: W = U diag(l) V^T with V shared by layers of one kind; [U, l], columns of U of length 1.
  def frod_parts(self: __torch__.Ops, v: Tensor, w: Tensor) -> List[Tensor]:
    d = torch.t(torch.linalg_solve(torch.to(v, 7), torch.t(torch.to(w, 7))))
    l = torch.linalg_vector_norm(d, 2, [0])
    u = torch.div(d, torch.where(torch.gt(l, 1e-12), l, torch.ones_like(l)))
    return [torch.to(u, 6), torch.to(l, 6)]

  # V of some layers' weights: directions they have in common, from a joint decomposition.
  def frod_shared(self: __torch__.Ops, w: List[Tensor], alpha: Tensor) -> Tensor:
    stacked = torch.cat(w, 0)
    n = torch.size(stacked, 1)
    if torch.lt(torch.size(stacked, 0), n):
      _u, _s, v = torch.linalg_svd(stacked, True)
      shared = torch.t(v)
    else:
      q, r = torch.linalg_qr(stacked, "reduced")
      ridge = torch.mul((self).to_device(torch.eye(n), ), alpha)
      sum = torch.zeros_like(r)
      at = 0
      for i in range(torch.len(w)):
        end = torch.add(at, torch.size(w[i], 0))
        part = torch.slice(q, 0, at, end)
        sum = torch.add(sum, torch.linalg_inv(torch.add(torch.matmul(torch.t(part), part), ridge)))
        at = end
      _l, vectors = torch.linalg_eigh(torch.div(sum, torch.len(w)), "L")
      shared = torch.matmul(torch.t(r), vectors)
    return torch.contiguous(shared)

  # Places off the diagonal of an n x n matrix, [2, count], as the seeded stream shuffles them.
  def frod_places(self: __torch__.Ops, sizes: Tensor) -> Tensor:
    n = int(torch.select(sizes, 0, 0))
    all = torch.randperm(torch.mul(n, torch.sub(n, 1)), dtype=4, layout=None, device=torch.device("cpu"), pin_memory=False)
    chosen = torch.slice(all, 0, 0, int(torch.select(sizes, 0, 1)))
    row = torch.floor_divide(chosen, torch.sub(n, 1))
    column = torch.remainder(chosen, torch.sub(n, 1))
    column = torch.add(column, torch.to(torch.ge(column, row), 4))
    return (self).to_device(torch.to(torch.stack([row, column]), 6), )

  # S + diag(l), S sparse
  def frod_inner(self: __torch__.Ops, places: Tensor, values: Tensor, l: Tensor) -> Tensor:
    n = torch.size(l, 0)
    i = torch.to(places, 4)
    flat = torch.add(torch.mul(torch.select(i, 0, 0), n), torch.select(i, 0, 1))
    return torch.reshape(torch.scatter_add(torch.flatten(torch.diag(l)), 0, flat, values), [n, n])

  def frod(self: __torch__.Ops, x: Tensor, u: Tensor, v: Tensor, m: Tensor) -> Tensor:
    return torch.linear(torch.linear(torch.matmul(torch.to(x, 6), v), m), u)

  def frod_weight(self: __torch__.Ops, u: Tensor, v: Tensor, m: Tensor) -> Tensor:
    return torch.matmul(torch.matmul(u, m), torch.t(v))

  def frod_finished(self: __torch__.Ops, h: Tensor, like: Tensor) -> Tensor:
    return torch.to(h, like.dtype)

  # LoLDU (arXiv:2410.13618): W = P L diag(d) U, [P L, d, U], rows of U divided by d; a zero d stays.
  def loldu_parts(self: __torch__.Ops, w: Tensor) -> List[Tensor]:
    p, l, u = torch.linalg_lu(w)
    d = torch.clone(torch.diagonal(u))
    safe = torch.where(torch.eq(d, 0), torch.ones_like(d), d)
    return [torch.matmul(p, l), d, torch.div(u, torch.unsqueeze(safe, 1))]

  # S2-LoRA: what lies within t of zero becomes zero, the rest moves t towards it.
  def s2lora_shrunk(self: __torch__.Ops, e: Tensor, t: Tensor) -> Tensor:
    return torch.mul(torch.sign(e), torch.clamp_min(torch.sub(torch.abs(e), t), 0))

  # BitFit (arXiv:2106.10199): a bias for a layer that has none.
  def bitfit_shifted(self: __torch__.Ops, y: Tensor, b: Tensor) -> Tensor:
    return torch.to(torch.add(y, b), y.dtype)
