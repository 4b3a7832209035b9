  # Trained rows t [n, D] that stand in for rows index [n] of a table of words.

  # ids [...], y [..., D] as the table has them; each trained token is found among the index.
  def token_rows(self: __torch__.Ops, ids: Tensor, y: Tensor, t: Tensor, index: Tensor) -> Tensor:
    found = torch.eq(torch.unsqueeze(ids, -1), index)
    own = torch.embedding(t, torch.argmax(torch.to(found, 3), -1))
    return torch.where(torch.any(found, -1, True), torch.to(own, y.dtype), y)

  # Logits y [..., V] that states x [..., D] have with the table w; what rows moved by is added, so
  # that rows which did not move change no bit.
  def token_columns(self: __torch__.Ops, x: Tensor, y: Tensor, w: Tensor, t: Tensor, index: Tensor) -> Tensor:
    moved = torch.sub(t, torch.to(torch.index_select(w, 0, index), 6))
    return torch.index_add(y, -1, index, torch.to(torch.linear(torch.to(x, 6), moved), y.dtype))

  # The change [D, V] of the table w [V, D].
  def token_change(self: __torch__.Ops, w: Tensor, t: Tensor, index: Tensor) -> Tensor:
    wide = torch.to(w, 6)
    moved = torch.sub(t, torch.index_select(wide, 0, index))
    return torch.t(torch.index_copy(torch.zeros_like(wide), 0, index, moved))
