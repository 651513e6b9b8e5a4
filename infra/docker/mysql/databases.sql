-- A database for each subgraph that keeps its data in MySQL. The image runs this when its volume is new.
CREATE DATABASE crema_accounts;
GRANT ALL ON crema_accounts.* TO 'crema'@'%';
CREATE DATABASE crema_cafes;
GRANT ALL ON crema_cafes.* TO 'crema'@'%';
CREATE DATABASE crema_menu;
GRANT ALL ON crema_menu.* TO 'crema'@'%';
CREATE DATABASE crema_inventory;
GRANT ALL ON crema_inventory.* TO 'crema'@'%';
CREATE DATABASE crema_orders;
GRANT ALL ON crema_orders.* TO 'crema'@'%';
CREATE DATABASE crema_wallet;
GRANT ALL ON crema_wallet.* TO 'crema'@'%';
