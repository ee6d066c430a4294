/** A rule set that uses every kind of effect, so that an oracle can count them: each message gets a reply, a stage, a person, a tag, a task and a note. */
export const deskGraph = {
  format: 1,
  name: 'Приём',
  nodes: [
    { id: 'in', type: 'on-message', settings: {} },
    { id: 'spam', type: 'word-filter', settings: { mode: 'except', patterns: '*реклам*' } },
    { id: 'hello', type: 'reply', settings: { text: 'Принято: %TEXT%' } },
    { id: 'stage', type: 'set-stage', settings: { pipeline: 'Воронка', stage: 'Переговоры' } },
    { id: 'tag', type: 'add-tags', settings: { tags: 'сайт, %NAME%' } },
    { id: 'task', type: 'create-task', settings: { mode: 'every-message' } },
    { id: 'note', type: 'add-note', settings: { text: 'Пришло: %TEXT%' } },
  ],
  edges: [
    { from: 'in.next', to: 'spam' },
    { from: 'spam.pass', to: 'hello' },
    { from: 'hello.next', to: 'stage' },
    { from: 'stage.next', to: 'tag' },
    { from: 'tag.next', to: 'task' },
    { from: 'task.next', to: 'note' },
  ],
};

/** Effects of one passed message under this graph. */
export const deskEffects = 5;
