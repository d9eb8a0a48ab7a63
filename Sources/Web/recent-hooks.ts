import { useEffect } from "react";
import { roleOfToken } from "./link-token.ts";
import { recentSessions } from "./recent-sessions.ts";
import type { RoomView } from "./room-view.ts";

/** Lists a session in this browser once somebody is in it here, and what becomes of it meanwhile. */
export function useRecentSession(
  id: string,
  token: string,
  view: RoomView,
  title: string | undefined,
) {
  const role = roleOfToken(token);
  const isIn = view.role !== undefined;
  const hasEnded = view.room?.ended ?? false;
  useEffect(() => {
    if (!isIn || !role) return;
    recentSessions.remember({ id, token, role, title: title ?? "", at: Date.now(), hasEnded });
  }, [isIn, title, hasEnded]);
}
