/** True for the creator, the assignee, the organizer of the meeting, ADMIN and MANAGER. */
export function mayChange(
  viewer: { readonly userId: string; readonly role: string },
  todo: { readonly createdById: string; readonly assigneeId: string | null },
  organizerId: string | null,
): boolean {
  if (viewer.role === 'ADMIN' || viewer.role === 'MANAGER') return true;
  return [todo.createdById, todo.assigneeId, organizerId].includes(viewer.userId);
}
