/** What Camunda Modeler and external workers need of the engine's REST interface, and nothing else of it. */
package org.accountsecurity.engine.rest;
