/** A proof that is almost right: each must be refused. Named, in the forms in which a header can come. */
export function forgeries(proof: string): [name: string, forged: string | string[] | undefined][] {
  const middle = Math.floor(proof.length / 2);
  const all: [string, string | string[] | undefined][] = [
    ['missing', undefined],
    ['empty', ''],
    ['a space', ' '],
    ['one letter', 'x'],
    ['the word null', 'null'],
    ['the word undefined', 'undefined'],
    ['as long but other', '0'.repeat(proof.length)],
    ['without its last character', proof.slice(0, -1)],
    ['without its first character', proof.slice(1)],
    ['its first eight characters', proof.slice(0, 8)],
    ['its first half', proof.slice(0, middle)],
    ['its second half', proof.slice(middle)],
    ['one character longer', `${proof}0`],
    ['padded', `${proof}=`],
    ['with a NUL', `${proof}\0`],
    ['with a line end', `${proof}\n`],
    ['in quotes', `"${proof}"`],
    ['a bearer', `Bearer ${proof}`],
    ['after a comma', `,${proof}`],
    ['before a comma', `${proof},`],
    ['doubled by a comma', `${proof}, ${proof}`],
    ['doubled by a bare comma', `${proof},${proof}`],
    ['doubled without a sign between', `${proof}${proof}`],
    ['in upper case', proof.toUpperCase()],
    ['in lower case', proof.toLowerCase()],
    ['in the other case', proof.split('').map(otherCase).join('')],
    ['with its last letter in the other case', proof.replace(/[a-z](?=[^a-z]*$)/i, otherCase)],
    ['backwards', proof.split('').toReversed().join('')],
    ['in base64', Buffer.from(proof).toString('base64')],
    ['in percent signs', [...Buffer.from(proof)].map((byte) => `%${byte.toString(16)}`).join('')],
    ['with one character changed', `${proof.slice(0, middle)}${proof[middle] === 'Q' ? 'R' : 'Q'}${proof.slice(middle + 1)}`],
    ['with one character left out', proof.slice(0, middle) + proof.slice(middle + 1)],
    ['in full-width letters', proof.replace(/[!-~]/g, (sign) => String.fromCodePoint(sign.charCodeAt(0) + 0xfee0))],
    ['an empty list', []],
    ['a list of it', [proof]],
    ['a list of it twice', [proof, proof]],
    ['a list that ends with it', ['x', proof]],
  ];
  return all.filter(([, forged]) => forged !== proof);
}

function otherCase(letter: string): string {
  return letter === letter.toUpperCase() ? letter.toLowerCase() : letter.toUpperCase();
}
