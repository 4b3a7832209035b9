  # QA-LoRA (arXiv:2309.14717): A reads the mean of g neighbouring inputs, times in / g as PEFT has it.
  def qalora_a(self: __torch__.Ops, a: Tensor, g: Tensor) -> Tensor:
    size = int(g)
    scale = torch.div(float(torch.size(a, 1)), float(size))
    return torch.mul(torch.repeat_interleave(a, size, 1), scale)

  # VeLoRA (arXiv:2405.17991): A x, where the gradient of A sees x only along v in each group.
  def velora_inner(self: __torch__.Ops, x: Tensor, a: Tensor, v: Tensor, groups: Tensor, s: Tensor) -> Tensor:
    h = torch.detach(torch.to(x, 6))
    parts = (self).velora_groups(h, int(groups), )
    along = torch.mul(torch.unsqueeze(torch.mul(torch.matmul(parts, v), s), -1), v)
    seen = torch.slice(torch.flatten(along, -2), -1, 0, torch.size(h, -1))
    u = torch.linear(seen, a)
    return torch.add(torch.linear(torch.to(x, 6), torch.detach(a)), torch.sub(u, torch.detach(u)))

  def velora_groups(self: __torch__.Ops, h: Tensor, groups: int) -> Tensor:
    n = torch.size(h, -1)
    size = torch.floordiv(torch.sub(torch.add(n, groups), 1), groups)
    padded = torch.constant_pad_nd(h, [0, torch.sub(torch.mul(groups, size), n)])
    return torch.unflatten(padded, -1, [groups, size])

  # The mean of all groups of all rows, of length 1.
  def velora_direction(self: __torch__.Ops, x: Tensor, groups: Tensor) -> Tensor:
    parts = (self).velora_groups(torch.detach(torch.to(x, 6)), int(groups), )
    mean = torch.mean(torch.reshape(parts, [-1, torch.size(parts, -1)]), [0])
    none = torch.eq(torch.linalg_vector_norm(mean), 0)
    v = torch.where(none, torch.ones_like(mean), mean)
    return torch.div(v, torch.linalg_vector_norm(v))

  def velora(self: __torch__.Ops, y: Tensor, h: Tensor, b: Tensor, s: Tensor) -> Tensor:
    return torch.to(torch.add(y, torch.mul(torch.linear(h, b), s)), y.dtype)

  # GraLoRA (arXiv:2505.20355): a [k, in/k, r], b [k, r, out/k]; part j of the rank of input block i
  # goes to output block j.
  def gralora(self: __torch__.Ops, x: Tensor, a: Tensor, b: Tensor) -> Tensor:
    k = torch.size(a, 0)
    parts = torch.unsqueeze(torch.unflatten(torch.to(x, 6), -1, [k, torch.size(a, 1)]), -2)
    h = torch.unflatten(torch.squeeze(torch.matmul(parts, a), -2), -1, [k, -1])
    mixed = torch.unsqueeze(torch.flatten(torch.transpose(h, -3, -2), -2), -2)
    return torch.flatten(torch.squeeze(torch.matmul(mixed, b), -2), -2)

  # The same as a product of rank k r: A [k r, in] and B [out, k r].
  def gralora_a(self: __torch__.Ops, a: Tensor) -> Tensor:
    blocks = annotate(List[Tensor], [])
    for i in range(torch.size(a, 0)):
      _0 = torch.append(blocks, torch.t(torch.select(a, 0, i)))
    return torch.block_diag(blocks)

  def gralora_b(self: __torch__.Ops, b: Tensor) -> Tensor:
    k = torch.size(b, 0)
    parts = torch.permute(torch.unflatten(b, 1, [k, -1]), [0, 3, 1, 2])
    own = (self).to_device(torch.reshape(torch.eye(k), [k, 1, 1, k, 1]), )
    return torch.flatten(torch.flatten(torch.mul(torch.unsqueeze(parts, 3), own), 2), 0, 1)

  # Lily (arXiv:2407.09946): b [n r, out] holds n experts, mixed by the mean of the router over rows.
  def lily(self: __torch__.Ops, x: Tensor, y: Tensor, a: Tensor, b: Tensor, router: Tensor, s: Tensor) -> Tensor:
    n = torch.size(router, 0)
    h = torch.linear(torch.to(x, 6), a)
    p = torch.reshape(torch.softmax(torch.linear(h, router), -1), [-1, n])
    mixed = torch.reshape(torch.matmul(torch.mean(p, [0]), torch.reshape(b, [n, -1])), [-1, torch.size(b, 1)])
    return torch.to(torch.add(y, torch.mul(torch.matmul(h, mixed), s)), y.dtype)

  def gralora_beside(self: __torch__.Ops, b: Tensor, other: Tensor) -> Tensor:
    return torch.cat([b, other], 1)
