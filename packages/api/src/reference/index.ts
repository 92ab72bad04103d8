export { codeSamples } from './code-samples.ts';
export { exampleOf } from './example-of.ts';
export { type ExampleRequest, exampleRequest } from './example-request.ts';
export { exampleAnswer } from './route-examples.ts';
export { type RouteGroup, routeGroups } from './route-groups.ts';
