  # Blocks repeated over a weight: miss and bone, arXiv:2409.15371. x [..., in], d [r, q].

  # Sums of the inputs that share a place in their chunk of r.
  def miss_folded(self: __torch__.Ops, x: Tensor, r: int) -> Tensor:
    short = torch.remainder(torch.size(x, -1), r)
    padded = torch.constant_pad_nd(torch.to(x, 6), [0, torch.remainder(torch.sub(r, short), r)])
    chunks = torch.unflatten(padded, -1, [-1, r])
    return torch.sum(chunks, [-2])

  # d repeated along the outputs.
  def miss_tiled(self: __torch__.Ops, d: Tensor, out: Tensor) -> Tensor:
    return torch.repeat(d, [1, torch.floordiv(int(out), torch.size(d, 1))])

  def miss_forward(self: __torch__.Ops, x: Tensor, y: Tensor, d: Tensor) -> Tensor:
    wide = torch.repeat(d, [1, torch.floordiv(torch.size(y, -1), torch.size(d, 1))])
    added = torch.matmul((self).miss_folded(x, torch.size(d, 0), ), wide)
    return torch.to(torch.add(y, added), y.dtype)

  # A [r, in] of the equal LoRA: ones where an input has a place in its chunk.
  def miss_rows(self: __torch__.Ops, d: Tensor, inputs: Tensor) -> Tensor:
    one = torch.diag_embed(torch.new_ones(d, [torch.size(d, 0)]))
    times = torch.add(torch.floordiv(int(inputs), torch.size(d, 0)), 1)
    return torch.slice(torch.repeat(one, [1, times]), 1, 0, int(inputs))

  # dW_ij = W_ij D_i + D_i over blocks of d [out / r, r, r]
  def bone_change(self: __torch__.Ops, w: Tensor, d: Tensor) -> Tensor:
    n = torch.size(d, 0)
    r = torch.size(d, 1)
    blocks = torch.transpose(torch.reshape(w, [n, r, -1, r]), 1, 2)
    each = torch.unsqueeze(d, 1)
    change = torch.add(torch.matmul(blocks, each), each)
    return torch.reshape(torch.transpose(change, 1, 2), torch.size(w))
