interface Props {
  title: string;
  lead: string;
}

/** What went wrong, and what to do, beside what it is about. */
export function Alert({ title, lead }: Props) {
  return (
    <p className="alert" role="alert">
      <strong>{title}</strong> {lead}
    </p>
  );
}
