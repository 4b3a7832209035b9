  # Factors read from one bank that all layers share.

  # VB-LoRA (arXiv:2405.15179): logits [.., n] choose k vectors of the bank [n, v] and mix them.
  def vblora_vectors(self: __torch__.Ops, logits: Tensor, bank: Tensor, k: Tensor) -> Tensor:
    v, i = torch.topk(logits, int(k), -1)
    w = torch.unsqueeze(torch.softmax(v, -1), -1)
    return torch.sum(torch.mul(w, torch.embedding(bank, i)), [-2])

  def vblora_a(self: __torch__.Ops, logits: Tensor, bank: Tensor, k: Tensor) -> Tensor:
    return torch.flatten((self).vblora_vectors(logits, bank, k, ), 1)

  def vblora_b(self: __torch__.Ops, logits: Tensor, bank: Tensor, k: Tensor) -> Tensor:
    return torch.flatten(torch.transpose((self).vblora_vectors(logits, bank, k, ), 1, 2), 0, 1)

  # UniLoRA (arXiv:2506.00799): every entry of a factor is one of the bank's numbers, scaled.
  def unilora_factor(self: __torch__.Ops, bank: Tensor, where: Tensor, scale: Tensor) -> Tensor:
    return torch.mul(torch.take(bank, torch.to(where, 4)), scale)
