-- The people of a hall: who attends, who keeps a desk, who is the second person, who only reads.
alter table members drop constraint members_roles_check;
alter table members add constraint members_roles_check check (
  roles <@ array['owner', 'manager', 'operator', 'viewer', 'supervisor', 'cashier', 'attendant', 'auditor']
  and cardinality(roles) > 0);

alter table invitations drop constraint invitations_roles_check;
alter table invitations add constraint invitations_roles_check check (
  roles <@ array['owner', 'manager', 'operator', 'viewer', 'supervisor', 'cashier', 'attendant', 'auditor']
  and cardinality(roles) > 0);
