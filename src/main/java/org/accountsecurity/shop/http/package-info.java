/** The shop's own services as data sets, over the JSON contract in {@code docs/integrators/data-set-api.yaml}. */
package org.accountsecurity.shop.http;
