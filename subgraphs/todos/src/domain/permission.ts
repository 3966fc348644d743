/** True for the creator, the organizer of the meeting, ADMIN and MANAGER: who has to do it cannot do away with it. */
export function mayDelete(
  viewer: { readonly userId: string; readonly role: string },
  { createdById }: { readonly createdById: string },
  organizerId: string | null,
): boolean {
  return mayChange(viewer, { createdById, assigneeId: null }, organizerId);
}

/** True for the creator, the assignee, the organizer of the meeting, ADMIN and MANAGER. */
export function mayChange(
  viewer: { readonly userId: string; readonly role: string },
  todo: { readonly createdById: string; readonly assigneeId: string | null },
  organizerId: string | null,
): boolean {
  if (viewer.role === 'ADMIN' || viewer.role === 'MANAGER') return true;
  return [todo.createdById, todo.assigneeId, organizerId].includes(viewer.userId);
}
