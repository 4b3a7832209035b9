package org.adapterstudio.engine.serve;

import java.nio.file.Path;
import org.adapterstudio.contract.serve.Reply;
import org.adapterstudio.contract.serve.Request;
import org.adapterstudio.engine.arena.Arena;
import org.adapterstudio.engine.run.Threads;

/** Runs an arena until it is done, its budget is spent, or the request is cancelled. */
final class ArenaHandler {
  private ArenaHandler() {}

  static Reply answer(Request.Arena request, Call call) {
    int threads = Threads.use(request.threads());
    var wish =
        new Arena.Wish(
            Path.of(request.out()),
            Path.of(request.project()),
            request.budgetMinutes(),
            request.methods(),
            threads,
            request.claims());
    Arena.Outcome outcome =
        new Arena(wish)
            .run(
                (made, planned, what) -> call.progress(what, made, planned, "runs"),
                call.cancelled()::get);
    return new Reply.ArenaStands(outcome.leaderboard(), outcome.findings());
  }
}
