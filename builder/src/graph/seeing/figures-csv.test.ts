import { toCsv } from './figures-csv.js';

it('quotes what needs it, spells numbers as the language does, and leaves unknown cells empty', () => {
  const rows = [
    ['Ответ; "ночной"', 8.25, null],
    ['две\nстроки', 0, 'да'],
  ];
  expect(toCsv(['Шаг', 'Оценка', 'x'], rows, ',')).toBe('\uFEFFШаг;Оценка;x\r\n"Ответ; ""ночной""";8,25;\r\n"две\nстроки";0;да\r\n');
  expect(toCsv(['a'], [[1.5]], '.')).toBe('\uFEFFa\r\n1.5\r\n');
});

it.each(['=HYPERLINK("x")', '+1', '-1', '@SUM(A1)'])('%s is a text, not a formula', (name) => {
  expect(
    toCsv(['a'], [[name]], ',')
      .replaceAll('"', '')
      .split('\r\n')[1],
  ).toBe(`'${name.replaceAll('"', '')}`);
});
