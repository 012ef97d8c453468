/** For compilers that don't read single-file components; vue-tsc does. */
declare module '*.vue' {
  const component: import('vue').DefineComponent;
  export default component;
}
