import { useEffect, useState } from 'react';

/**
 * What a promise gives, once it does; the last value stays until then. An older promise that is kept late is not listened to.
 * @param make asked anew whenever it is another function: give it `useCallback`
 */
export function useLater<T>(make: () => Promise<T>): T | undefined {
  const [value, setValue] = useState<T>();
  useEffect(() => {
    let current = true;
    make().then(
      (made) => current && setValue(made),
      () => current && setValue(undefined),
    );
    return () => {
      current = false;
    };
  }, [make]);
  return value;
}
