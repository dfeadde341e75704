/** What Camunda Modeler needs of the engine's REST interface to deploy, and nothing else of it. */
package org.accountsecurity.engine.rest;
