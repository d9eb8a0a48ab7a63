import { memo } from "react";
import type { LiveRoom } from "../live-room.ts";
import { chatOf, type Message } from "../record.ts";
import type { RoomState } from "../room-state.ts";
import { useEndInSight } from "../room-hooks.ts";
import { texts } from "../texts.ts";
import { timeOfDay } from "../times.ts";
import { chatLengthMax } from "../writing.ts";
import { Badge } from "./Badge.tsx";
import { Composer } from "./Composer.tsx";

/** What one says within this time of one's last message stands below it without a name. */
const groupMilliseconds = 3 * 60_000;

interface Props {
  room: LiveRoom;
  events: RoomState["events"];
  participants: RoomState["participants"];
  /** What was written here and has no place in the log yet. */
  unsent: readonly string[];
  canWrite: boolean;
}

export const ChatPanel = memo(({ room, events = [], participants, unsent, canWrite }: Props) => {
  const messages = chatOf(events, participants);
  const end = useEndInSight(messages.length + unsent.length);
  return (
    <>
      <div className="panel-scroll" {...end} tabIndex={0}>
        {messages.length + unsent.length === 0 && <p className="panel-hint">{texts.chat.empty}</p>}
        <ol className="messages">
          {messages.map((message, index) => (
            <ChatMessage
              key={message.revision}
              message={message}
              isFollowing={belongsTogether(messages[index - 1], message)}
            />
          ))}
          {unsent.map((text, index) => (
            <li key={`unsent-${index}`} className="message is-unsent">
              <p className="message-text">{text}</p>
              <span className="message-time">{texts.chat.kept}</span>
            </li>
          ))}
        </ol>
      </div>
      {canWrite && (
        <Composer
          label={texts.chat.write}
          button={texts.chat.send}
          icon="send"
          hint={texts.chat.newLine}
          lengthMax={chatLengthMax}
          onWrite={(chat) => room.propose({ chat })}
        />
      )}
    </>
  );
});

function belongsTogether(before: Message | undefined, message: Message): boolean {
  return before?.by === message.by && message.at - before.at < groupMilliseconds;
}

function ChatMessage({ message, isFollowing }: { message: Message; isFollowing: boolean }) {
  const { name = texts.people.unknown, color, at, text } = message;
  return (
    <li className={isFollowing ? "message is-following" : "message"}>
      {!isFollowing && (
        <div className="message-head">
          <Badge name={name} color={color} />
          <bdi className="message-name">{name}</bdi>
          <time className="message-time">{timeOfDay(at)}</time>
        </div>
      )}
      <p className="message-text" dir="auto">{text}</p>
    </li>
  );
}
