/** Edit and see, in the demo: what is saved in the folders of the models is deployed. */
package org.accountsecurity.engine.edit;
