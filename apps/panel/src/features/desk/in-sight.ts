import { type RefObject, useEffect, useState } from 'react';

const reports = new WeakMap<Element, (inSight: boolean) => void>();
let observer: IntersectionObserver | undefined;

/** One observer for all cards; it looks a screen ahead, so that scrolling meets drawn cards. */
const theObserver = (): IntersectionObserver => {
  observer ??= new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) reports.get(target)?.(isIntersecting);
    },
    { rootMargin: '600px 0px' },
  );
  return observer;
};

/** Whether an element is on the screen or near it. */
export function useInSight(element: RefObject<Element | null>): boolean {
  const [inSight, setInSight] = useState(false);
  useEffect(() => {
    const { current } = element;
    if (!current) return;
    reports.set(current, setInSight);
    theObserver().observe(current);
    return () => {
      theObserver().unobserve(current);
      reports.delete(current);
    };
  }, [element]);
  return inSight;
}
