/** The REST interface for Camunda Modeler and external task workers. */
package org.accountsecurity.engine.rest;
