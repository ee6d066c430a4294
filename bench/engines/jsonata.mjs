// JSONata: the whole desk as one expression, with the words and the emoji as functions of the host (tuned) or as regular expressions of its own.
import jsonata from 'jsonata';
import { host } from './by-hand.mjs';
import { answers, listedPhones, patterns, queues, stages, users } from './desk.mjs';

export function makeTuned() {
  const expression = prepare('$hasWords(text)', '$isEmoji(text)');
  expression.registerFunction('hasWords', host.hasWords, '<s:b>');
  expression.registerFunction('isEmoji', host.isEmoji, '<s:b>');
  return (message) => expression.evaluate(message);
}

export function makeAlone() {
  const border = '[а-яёa-z0-9]';
  const words = patterns.map((pattern) => {
    const stem = pattern.replaceAll('*', '');
    return `${pattern.startsWith('*') ? '' : `(?<!${border})`}${stem}${pattern.endsWith('*') ? '' : `(?!${border})`}`;
  });
  // The library takes no flag for letters beyond the first 65,536, so emoji are pairs here.
  const emoji = '^(?:[\\u203c-\\u3299]|[\\ud83c-\\ud83e][\\udc00-\\udfff]|[\\u200d\\ufe0f]|\\s)+$';
  const expression = prepare(`$contains(text, /${words.join('|')}/i)`, `$contains(text, /${emoji}/)`);
  return (message) => expression.evaluate(message);
}

function prepare(words, emoji) {
  const expression = jsonata(`
    $lookup($listed, phone) ? {"blocked": true} : (
      $hour := $floor((now + 10800000) % 86400000 / 3600000);
      $night := $hour >= 22 or $hour < 6;
      $words := ${words};
      $emoji := ${emoji};
      $score := $length(text) < 3 and $contains(text, /^(10|[0-9])$/) ? $number(text) : null;
      {
        "blocked": false,
        "queue": $lookup($queues, kind),
        "stage": $lookup($stages, source),
        "user": $lookup($users, source),
        "tag": "Клиент " & name & " (" & channel & ")",
        "words": $words,
        "emoji": $emoji,
        "score": $score,
        "bucket": $score = null ? null : $score >= 9 ? "promoter" : $score >= 7 ? "passive" : "detractor",
        "answer": $score != null ? "${answers.score}" : $night ? "${answers.night}" : $words ? "${answers.words}" : $emoji ? "${answers.emoji}" : null
      }
    )`);
  expression.assign('listed', Object.fromEntries(listedPhones.map((phone) => [phone, true])));
  expression.assign('queues', queues);
  expression.assign('stages', stages);
  expression.assign('users', users);
  return expression;
}
