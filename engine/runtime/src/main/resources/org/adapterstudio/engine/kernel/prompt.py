  # Prompts. Shapes: B rows, n places of the prompt, S positions, H heads, G key heads, E head size, D stream.

  # p [n, D] in place of the first n positions of every row h [B, S, D].
  def after_prompt(self: __torch__.Ops, h: Tensor, p: Tensor) -> Tensor:
    every = torch.expand(torch.unsqueeze(p, 0), [torch.size(h, 0), -1, -1])
    return torch.cat([torch.to(every, h.dtype), torch.slice(h, 1, torch.size(p, 0))], 1)

  # Keys (which = 0) or values (1) of a prompt, p [n, 2*G*E], before those of every row t [B, G, S, E].
  def after_prefix(self: __torch__.Ops, p: Tensor, t: Tensor, which: Tensor) -> Tensor:
    both = torch.view(p, [torch.size(p, 0), 2, torch.size(t, 1), torch.size(t, 3)])
    own = torch.transpose(torch.select(both, 1, int(which)), 0, 1)
    every = torch.expand(torch.unsqueeze(own, 0), [torch.size(t, 0), -1, -1, -1])
    return torch.cat([torch.to(every, t.dtype), t], 2)

  # Attention of q [B, H, S, E] to the prompt k, v [1, G, n, E], times a gate, added to seen [B, S, H*E]
  # (arXiv:2303.16199).
  def beside(self: __torch__.Ops, seen: Tensor, q: Tensor, k: Tensor, v: Tensor, gate: Tensor, scale: Tensor) -> Tensor:
    s = torch.mul(torch.matmul(q, torch.transpose((self).spread(k, q, ), 2, 3)), scale)
    p = torch.to(torch.mul(gate, torch.softmax(torch.to(s, 6), -1)), q.dtype)
    o = torch.matmul(p, (self).spread(v, q, ))
    return torch.add(seen, torch.flatten(torch.transpose(o, 1, 2), 2))

  # The encoder of p-tuning (arXiv:2103.10385): e [n, D] through two hidden layers.
  def prompt_mlp(self: __torch__.Ops, e: Tensor, w0: Tensor, b0: Tensor, w1: Tensor, b1: Tensor, w2: Tensor, b2: Tensor) -> Tensor:
    h = torch.relu(torch.linear(e, w0, b0))
    return torch.linear(torch.relu(torch.linear(h, w1, b1)), w2, b2)

  # Prefix tuning's projection (arXiv:2101.00190), of its output the columns from begin to end.
  def prefix_mlp(self: __torch__.Ops, e: Tensor, w0: Tensor, b0: Tensor, w1: Tensor, b1: Tensor, where: Tensor) -> Tensor:
    h = torch.tanh(torch.linear(e, w0, b0))
    return torch.linear(h, (self).some_rows(w1, where, ), (self).some_rows(b1, where, ))

  # Of two outputs [B, S, D] the second at the positions where active [B, S] is one.
  def invoked(self: __torch__.Ops, y: Tensor, whole: Tensor, active: Tensor) -> Tensor:
    return torch.where(torch.unsqueeze(torch.gt(active, 0), -1), whole, y)

  # y + s (x a') b' at those positions.
  def lora_invoked(self: __torch__.Ops, x: Tensor, y: Tensor, a: Tensor, b: Tensor, s: Tensor, active: Tensor) -> Tensor:
    return (self).invoked(y, (self).lora(x, y, a, b, s, ), active, )
