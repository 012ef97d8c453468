/** What makes the planner stop; the message is what a user of Rancher reads in the conditions of the cluster. */
export class PlannerError extends Error {}
